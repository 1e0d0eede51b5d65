package dev.sealane.render;

import dev.sealane.load.Rendered;
import dev.sealane.load.UsageError;
import dev.sealane.render.SourceMap.Piece;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A chart, and how {@code helm template} is to render it.
 *
 * @param chart a folder or a packaged chart
 * @param values files
 * @param sets as {@code --set} takes them
 * @param release null for helm's own default
 * @param namespace in which it would be installed
 */
public record Helm(String chart, List<String> values, List<String> sets, String release, String namespace) {
    private static final String SOURCE = "# Source: ";

    public Helm {
        values = List.copyOf(values);
        sets = List.copyOf(sets);
    }

    /**
     * Renders the chart.
     *
     * @throws UsageError if there is no helm or no such chart, or helm fails
     */
    public Rendered render(Tools tools) {
        // Helm would download what is not there: a chart by its repository, values by their address.
        Path folder = existing(chart, "chart");
        values.forEach(file -> existing(file, "values file"));
        Path helm = tools.find("helm")
                .orElseThrow(() -> new UsageError("--helm needs helm, and there is none on the PATH"));
        List<String> command = new ArrayList<>(List.of(helm.toString(), "template"));
        command.add("--namespace=" + namespace);
        values.forEach(file -> command.add("--values=" + file));
        sets.forEach(set -> command.add("--set=" + set));
        command.add("--");
        if (release != null) {
            command.add(release);
        }
        // A name with a dot before it is never that of a repository.
        boolean plain = !folder.isAbsolute() && !chart.startsWith(".");
        command.add(plain ? "." + File.separator + chart : chart);
        byte[] text = tools.run("helm template", command);
        return SourceMap.map("helm:" + chart, text, pieces(SourceMap.lines(text)));
    }

    private static Path existing(String path, String what) {
        try {
            Path file = Path.of(path);
            if (!path.isEmpty() && Files.exists(file)) {
                return file;
            }
        } catch (InvalidPathException notAPath) {
            // No such file can exist.
        }
        throw new UsageError("no such " + what + ": " + (path.isEmpty() ? "the path is empty" : path));
    }

    /** Helm begins each document with the file that it comes from, which starts with the name of the chart. */
    private List<Piece> pieces(List<String> lines) {
        List<Piece> pieces = new ArrayList<>();
        Path root = Path.of(chart);
        String prefix =
                chart.equals(".") ? "" : chart.replace(File.separatorChar, '/').replaceFirst("/+$", "") + "/";
        for (int[] document : SourceMap.documents(lines)) {
            String first = lines.get(document[0] - 1);
            int slash = first.indexOf('/');
            if (!first.startsWith(SOURCE) || slash < 0) {
                continue;
            }
            String name = first.substring(slash + 1).strip();
            try {
                Path inside = Path.of(name).normalize();
                Path file = root.resolve(inside);
                if (!inside.isAbsolute() && !inside.startsWith("..") && Files.isRegularFile(file)) {
                    pieces.add(new Piece(document[0], document[1], prefix + name, file, 1, Integer.MAX_VALUE));
                }
            } catch (InvalidPathException notAPath) {
                // It stays without a source.
            }
        }
        return pieces;
    }
}
