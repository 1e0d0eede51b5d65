package dev.sealane.capture;

import dev.sealane.load.Kept;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes the script of its template. */
public final class CaptureScript {
    private static final Pattern NODES =
            Pattern.compile("^#BEGIN NODES\n.*?^#END NODES\n", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern MARKS = Pattern.compile("^#(BEGIN|END) NODES\n", Pattern.MULTILINE);

    private CaptureScript() {}

    /**
     * The text of the script, for any POSIX shell.
     *
     * @param namespaces the only ones to ask for, names of DNS labels; empty for all
     * @param nodes whether it can also capture on nodes
     * @param program the name and version of this program
     */
    public static String of(List<String> namespaces, boolean nodes, String program) {
        String known =
                Kept.CONFIG_MAPS.stream().sorted().map(name -> '"' + name + '"').collect(Collectors.joining(" "));
        return (nodes ? MARKS : NODES)
                .matcher(template())
                .replaceAll("")
                .replace("@VERSION@", program)
                .replace("@NAMESPACES@", String.join(" ", namespaces))
                .replace("@CONFIG_MAPS@", known);
    }

    private static String template() {
        try (InputStream in = CaptureScript.class.getResourceAsStream("capture.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
