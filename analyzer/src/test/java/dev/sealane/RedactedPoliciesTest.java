package dev.sealane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.PodSet;
import dev.sealane.link.Linker;
import dev.sealane.link.Network;
import dev.sealane.load.Input;
import dev.sealane.load.Limits;
import dev.sealane.load.Loader;
import dev.sealane.policy.Connections;
import dev.sealane.policy.Endpoint;
import dev.sealane.policy.Verdict;
import dev.sealane.redact.Key;
import dev.sealane.redact.Redactor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies decide the same when names have stand-ins. */
class RedactedPoliciesTest {
    private static final Path POLICIES = Path.of("fixtures/inputs/policies-of-all-apis.yaml");

    @TempDir
    private Path folder;

    @Test
    void theSameVerdicts() throws IOException {
        Path out = redacted(POLICIES);
        List<String> before = verdicts(POLICIES);
        assertTrue(before.stream().anyMatch(verdict -> verdict.endsWith("DENIED")), before::toString);
        assertTrue(before.stream().anyMatch(verdict -> verdict.endsWith("ALLOWED")), before::toString);
        assertEquals(before, verdicts(out));
        for (String word : List.of("orchard", "pickers", "basket", "upper", "apple", "company", "ladder")) {
            assertFalse(Files.readString(out).contains(word), word);
        }
    }

    @Test
    void aSelectorThatLooksIntoWordsCannotBeReadAnyMore() throws IOException {
        Path in = folder.resolve("in.yaml");
        Files.writeString(
                in, Files.readString(POLICIES).replace("selector: has(app),", "selector: app contains 'bask',"));
        for (String verdict : verdicts(redacted(in))) {
            boolean ofCalico = verdict.startsWith("0 from 1 TCP 80-80");
            assertFalse(ofCalico && !verdict.endsWith(Verdict.DENIED.toString()), verdict);
        }
    }

    private Path redacted(Path in) {
        Path out = folder.resolve("redacted.yaml");
        assertEquals(
                List.of(),
                new Redactor(Key.of("k"), Limits.DEFAULT).redact(in, out).refused());
        return out;
    }

    /** Between each two pods, and to and from an address outside. */
    private static List<String> verdicts(Path file) {
        Input input = new Loader("default", InputStream.nullInputStream(), "-").load(List.of(file.toString()));
        assertEquals(List.of(), input.findings());
        Network network = Linker.link(input, false);
        List<Endpoint> ends = new ArrayList<>();
        for (PodSet set : network.podSets()) {
            ends.add(network.endpoint(set));
        }
        ends.add(new Endpoint.Addresses(Cidr.parse("203.0.113.9"), true, ""));
        List<String> verdicts = new ArrayList<>();
        for (int to = 0; to < ends.size(); to++) {
            for (int from = 0; from < ends.size(); from++) {
                if (from != to) {
                    Connections connections = network.policies().between(ends.get(from), ends.get(to));
                    for (Connections.Range range : connections.ranges()) {
                        verdicts.add(to + " from " + from + " " + range.protocol() + " "
                                + range.ports().first() + "-" + range.ports().last() + " "
                                + range.decision().verdict());
                    }
                }
            }
        }
        return verdicts;
    }
}
