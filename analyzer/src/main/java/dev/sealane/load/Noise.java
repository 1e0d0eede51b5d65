package dev.sealane.load;

import dev.sealane.facts.Coverage.State;
import dev.sealane.facts.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines that kubectl writes between objects and that are no part of them: what went to standard error beside the output,
 * and the logs that {@code kubectl cluster-info dump} prints among its lists. They begin in column 0, where an object has
 * only keys, dashes and brackets.
 */
public final class Noise {
    private static final byte[][] BEGINNINGS = {
        bytes("Error from server ("),
        bytes("Unable to connect to the server"),
        bytes("The connection to the server "),
        bytes("error: "),
        bytes("Warning: "),
        bytes("No resources found"),
        bytes("Unable to get a log stream"),
    };

    private static final byte[] LOGS = bytes("==== START logs for container ");
    private static final byte[] LOGS_END = bytes("==== END logs for container ");

    /** As klog writes: severity, month and day, time. */
    private static final Pattern KLOG = Pattern.compile("[IWEF][01][0-9][0-3][0-9] [0-9:.]{8,} .*", Pattern.DOTALL);

    private static final Pattern FORBIDDEN =
            Pattern.compile(".*cannot list resource \"([a-z0-9./-]+)\" in API group \"([a-z0-9.-]*)\""
                    + " (?:in the namespace \"([a-z0-9-]+)\"|at the cluster scope).*");

    /**
     * What could not be listed.
     *
     * @param plural the resource's name, such as {@code ingresses}
     * @param namespace empty for the whole cluster
     */
    record Refused(String plural, String group, String namespace) {
        /** What this says of the kinds that Sealane reads. */
        List<Listing> listings(String file) {
            return Kind.KNOWN.stream()
                    .filter(kind -> kind.plural().equals(plural) && kind.group().equals(group))
                    .map(kind -> new Listing(
                            Set.of(kind),
                            namespace.isEmpty() ? Set.of() : Set.of(namespace),
                            namespace.isEmpty(),
                            State.FAILED,
                            file,
                            null,
                            "Forbidden"))
                    .toList();
        }
    }

    private boolean logs;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the line that begins at {@code at} and ends before {@code next} is noise. Lines are given in turn. */
    boolean is(byte[] bytes, int at, int next) {
        if (logs) {
            logs = !begins(bytes, at, next, LOGS_END);
            return true;
        }
        switch (bytes[at]) {
            case '=':
                logs = begins(bytes, at, next, LOGS);
                return logs || begins(bytes, at, next, LOGS_END);
            case 'E', 'F', 'I', 'N', 'T', 'U', 'W', 'e':
                for (byte[] beginning : BEGINNINGS) {
                    if (begins(bytes, at, next, beginning)) {
                        return true;
                    }
                }
                return next - at > 15
                        && bytes[at + 1] <= '9'
                        && KLOG.matcher(new String(bytes, at, next - at, StandardCharsets.ISO_8859_1))
                                .matches();
            default:
                return false;
        }
    }

    /** Whether a line may be noise that begins so. */
    static boolean mayBegin(byte first) {
        return first >= 'A' && first <= 'Z' || first >= 'a' && first <= 'z' || first == '=';
    }

    /** Whether the line that was looked at last is one of a log. */
    boolean inLogs() {
        return logs;
    }

    /** Null if the line does not say so. */
    static Refused refused(String line) {
        Matcher matcher = FORBIDDEN.matcher(line);
        return matcher.matches()
                ? new Refused(matcher.group(1), matcher.group(2), matcher.group(3) == null ? "" : matcher.group(3))
                : null;
    }

    /**
     * Overwrites all such lines of a text in UTF-8.
     *
     * @return those that tell what kubectl was not allowed to list, by line from 0
     */
    public static SortedMap<Integer, String> takeOut(byte[] text) {
        return takeOut(SourceText.part(text, 0, 1));
    }

    static SortedMap<Integer, String> takeOut(SourceText source) {
        SortedMap<Integer, String> refused = new TreeMap<>();
        Noise noise = new Noise();
        for (int line = source.firstLine(); line <= source.lastLine(); line++) {
            int at = source.start(line);
            int next = at + source.lineLength(line);
            if (next > at && noise.is(source.bytes, at, next)) {
                String said = source.lineText(line);
                if (refused(said) != null) {
                    refused.put(line - source.firstLine(), said);
                }
                blank(source.bytes, at, next);
            }
        }
        return refused;
    }

    /** Overwrites the line so that it is read as an empty one. */
    static void blank(byte[] bytes, int at, int next) {
        int end = next;
        while (end > at && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        Arrays.fill(bytes, at, end, (byte) ' ');
    }

    private static boolean begins(byte[] bytes, int at, int next, byte[] beginning) {
        return next - at >= beginning.length
                && Arrays.equals(bytes, at, at + beginning.length, beginning, 0, beginning.length);
    }
}
