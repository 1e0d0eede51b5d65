package dev.sealane.render;

import dev.sealane.load.Rendered;
import dev.sealane.load.UsageError;
import dev.sealane.render.SourceMap.Piece;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A folder that {@code kustomize build} is to render.
 *
 * @param folder with a kustomization file
 */
public record Kustomize(String folder) {
    private static final String ORIGIN = "config.kubernetes.io/origin:";

    /** An object as it is written: its lines, and what it is. */
    private record Written(Path file, int first, int last, String kind, String name) {
        /** Null if the lines have no kind and name where they usually stand. */
        static Written of(Path file, List<String> lines, int first, int last) {
            String kind = "";
            String name = "";
            boolean metadata = false;
            for (String line : lines.subList(first - 1, last)) {
                if (!line.isEmpty() && !Character.isWhitespace(line.charAt(0)) && line.charAt(0) != '#') {
                    metadata = line.startsWith("metadata:");
                    kind = line.startsWith("kind:") ? word(line) : kind;
                } else if (metadata && name.isEmpty() && line.matches("  (  )?name: .*")) {
                    name = word(line);
                }
            }
            return kind.isEmpty() || name.isEmpty() ? null : new Written(file, first, last, kind, name);
        }

        private static String word(String line) {
            String value = line.substring(line.indexOf(':') + 1).replaceFirst("\\s#.*", "");
            return value.strip().replaceAll("^[\"']|[\"']$", "");
        }
    }

    /**
     * Renders the folder.
     *
     * @throws UsageError if there is no kustomize, the folder has no kustomization file or one that names what is
     *     elsewhere, or kustomize fails
     */
    public Rendered render(Tools tools) {
        List<Path> resources = Kustomization.resources(folder);
        List<String> command = new ArrayList<>();
        Optional<Path> kustomize = tools.find("kustomize");
        if (kustomize.isPresent()) {
            command.addAll(List.of(kustomize.get().toString(), "build"));
        } else {
            Path kubectl = tools.find("kubectl")
                    .orElseThrow(() ->
                            new UsageError("--kustomize needs kustomize or kubectl, and there is neither on the PATH"));
            command.addAll(List.of(kubectl.toString(), "kustomize"));
        }
        command.add("--");
        command.add(folder);
        String name = kustomize.isPresent() ? "kustomize build" : "kubectl kustomize";
        byte[] text = tools.run(name, command);
        return SourceMap.map("kustomize:" + folder, text, pieces(SourceMap.lines(text), resources));
    }

    private List<Piece> pieces(List<String> lines, List<Path> resources) {
        List<Written> written = new ArrayList<>();
        for (Path file : resources) {
            List<String> source = SourceMap.lines(file);
            for (int[] document : SourceMap.documents(source)) {
                Written object = Written.of(file, source, document[0], document[1]);
                if (object != null) {
                    written.add(object);
                }
            }
        }
        List<Piece> pieces = new ArrayList<>();
        for (int[] document : SourceMap.documents(lines)) {
            Written object = Written.of(null, lines, document[0], document[1]);
            if (object != null) {
                Path origin = origin(lines.subList(document[0] - 1, document[1]));
                List<Written> candidates = written.stream()
                        .filter(candidate -> origin == null || candidate.file.equals(origin))
                        .toList();
                source(object, candidates)
                        .ifPresent(found -> pieces.add(new Piece(
                                document[0], document[1], name(found.file), found.file, found.first, found.last)));
            }
        }
        return pieces;
    }

    /**
     * The object that this one was made from: of the same kind and name, or the one of this kind whose name the other
     * begins with, ends with or contains, as prefixes, suffixes and hashes make it. None if there are several.
     */
    private static Optional<Written> source(Written object, List<Written> candidates) {
        List<Written> near = candidates.stream()
                .filter(candidate -> candidate.kind.equals(object.kind) && object.name.contains(candidate.name))
                .sorted(Comparator.comparing((Written candidate) -> -candidate.name.length()))
                .toList();
        boolean one = near.size() == 1
                || near.size() > 1
                        && near.get(0).name.length() > near.get(1).name.length();
        return one ? Optional.of(near.getFirst()) : Optional.empty();
    }

    /** As {@code buildMetadata: [originAnnotations]} leaves it; null without, or if it is elsewhere. */
    private Path origin(List<String> document) {
        for (int i = 0; i + 1 < document.size(); i++) {
            if (document.get(i).strip().startsWith(ORIGIN)) {
                String next = document.get(i + 1).strip();
                if (next.startsWith("path: ")) {
                    try {
                        return Path.of(folder)
                                .resolve(next.substring("path: ".length()))
                                .normalize();
                    } catch (InvalidPathException notAPath) {
                        return null;
                    }
                }
            }
        }
        return null;
    }

    private static String name(Path file) {
        return file.toString().replace(File.separatorChar, '/');
    }
}
