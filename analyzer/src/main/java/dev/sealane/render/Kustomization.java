package dev.sealane.render;

import dev.sealane.load.UsageError;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** What a kustomization is put together from, followed from folder to folder. */
final class Kustomization {
    private static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    /** Fields that name files and folders with objects. */
    private static final Set<String> RESOURCES = Set.of("resources", "bases", "components");

    /** Fields anywhere in the file from which kustomize reads files, or downloads them. */
    private static final Set<String> READ = Set.of(
            "resources",
            "bases",
            "components",
            "generators",
            "transformers",
            "validators",
            "configurations",
            "crds",
            "patchesStrategicMerge",
            "path",
            "files",
            "envs",
            "env");

    /** What kustomize takes for an address and not for a file, whether or not there is such a file. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?i).*://.*|(git::|gh:|git@|github\\.com[:/]).*|.*[?&](ref|version)=.*");

    private final Set<Path> files = new LinkedHashSet<>();
    private final Set<Path> folders = new HashSet<>();

    private Kustomization() {}

    /**
     * The files with objects, without those that are generated.
     *
     * @throws UsageError if there is no kustomization file, or one names something that would be downloaded
     */
    static List<Path> resources(String folder) {
        Kustomization all = new Kustomization();
        try {
            all.folder(Path.of(folder).normalize(), folder);
        } catch (InvalidPathException notAPath) {
            throw new UsageError("no such folder: " + folder);
        }
        return List.copyOf(all.files);
    }

    private void folder(Path folder, String given) {
        if (!folders.add(folder)) {
            return;
        }
        Path file = NAMES.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new UsageError(
                        Files.isDirectory(folder)
                                ? "there is no kustomization.yaml in " + given
                                : "no such folder: " + given));
        read(load(file), "", folder, file);
    }

    private static Object load(Path file) {
        LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
        try {
            return new Load(settings).loadFromString(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException | YamlEngineException unreadable) {
            throw new UsageError(name(file) + " cannot be read: it is not valid YAML, or not UTF-8");
        }
    }

    /** @param field the nearest key above */
    private void read(Object value, String field, Path folder, Path file) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> read(inner, String.valueOf(key), folder, file));
        } else if (value instanceof List<?> list) {
            list.forEach(inner -> read(inner, field, folder, file));
        } else if (value instanceof String text && READ.contains(field) && !text.contains("\n")) {
            path(text, field, folder, file);
        }
    }

    private void path(String text, String field, Path folder, Path file) {
        boolean keyed = field.equals("files") && text.contains("=");
        String path = keyed ? text.substring(text.indexOf('=') + 1) : text;
        if (ADDRESS.matcher(path).matches()) {
            throw new UsageError(name(file) + " names " + path + ", which kustomize would download");
        }
        if (!RESOURCES.contains(field)) {
            return;
        }
        Path target;
        try {
            target = folder.resolve(path).normalize();
        } catch (InvalidPathException notAPath) {
            return;
        }
        if (Files.isDirectory(target)) {
            folder(target, name(target));
        } else if (Files.isRegularFile(target)) {
            files.add(target);
        } else {
            throw new UsageError(
                    name(file) + " names " + path + ", which is not there; kustomize would look for it elsewhere");
        }
    }

    private static String name(Path file) {
        return file.toString().replace(File.separatorChar, '/');
    }
}
