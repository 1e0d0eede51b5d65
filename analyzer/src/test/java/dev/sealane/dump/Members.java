package dev.sealane.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sealane.dump.Member.Use;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Names of a dump's files, each with what it is expected to be: {@code log}, {@code node NAME}, or {@code some} or
 * {@code all} with kind, version, {@code in NAMESPACE} and {@code of CLUSTER}; a question mark for no kind.
 */
record Members(Map<String, String> expected) {
    /** One a line, name and expectation with two spaces or more between. */
    static Members of(String table) {
        Map<String, String> expected = new LinkedHashMap<>();
        table.lines().map(line -> line.split(" {2,}", 2)).forEach(row -> expected.put(row[0], row[1]));
        return new Members(expected);
    }

    /** Recognised as this layout, by no other one, and with the members as expected; also inside of a folder. */
    Dump verify(String layout) {
        Dump dump = DumpLayouts.recognise(names(""));
        assertEquals(layout, dump.layout().name());
        for (DumpLayout other : DumpLayouts.all()) {
            if (!other.name().equals(layout) && !other.name().equals("files")) {
                assertNull(other.recognise(names("")), other.name());
            }
        }
        assertEquals(text(expected), text(actual(dump, "")));
        Dump inside = DumpLayouts.named(layout).orElseThrow().recognise(names("case 7/"));
        assertNotNull(inside, "in a folder");
        assertEquals(text(expected), text(actual(inside, "case 7/")), "in a folder");
        return dump;
    }

    private List<String> names(String folder) {
        return expected.keySet().stream().map(name -> folder + name).toList();
    }

    private Map<String, String> actual(Dump dump, String folder) {
        Map<String, String> actual = new LinkedHashMap<>();
        expected.keySet().forEach(name -> actual.put(name, words(dump.member(folder + name))));
        return actual;
    }

    private static String text(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> member.getKey() + "  " + member.getValue())
                .collect(Collectors.joining("\n"));
    }

    static String words(Member member) {
        if (member.use() == Use.LOG) {
            return "log";
        }
        if (member.use() == Use.NODE) {
            return ("node " + member.node()).strip();
        }
        StringBuilder words = new StringBuilder(member.whole() ? "all " : "some ");
        words.append(member.kind() == null ? "?" : member.kind().name());
        words.append(member.apiVersion().isEmpty() ? "" : " " + member.apiVersion());
        words.append(member.namespace().isEmpty() ? "" : " in " + member.namespace());
        words.append(member.cluster().isEmpty() ? "" : " of " + member.cluster());
        return words.toString();
    }
}
