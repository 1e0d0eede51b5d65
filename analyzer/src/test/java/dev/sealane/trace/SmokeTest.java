package dev.sealane.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sealane.link.Linker;
import dev.sealane.load.Loader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What sockets of a real cluster saw, in each mode of kube-proxy: which pods answered pods, nodes and a client outside
 * at every address of a Service, and the source address that these pods saw. {@code fixtures/smoke/MODE} has the objects
 * of that cluster and what was seen.
 */
class SmokeTest {
    /** Rows that a mode must have, so that a file that is cut does not pass. */
    private static final int ROWS = 138;

    private record Row(
            String sourceKind,
            String source,
            String destKind,
            String service,
            String target,
            String result,
            Set<String> answered,
            Set<String> seen) {
        static Row of(String line) {
            String[] columns = line.split("\t");
            return new Row(
                    columns[0],
                    columns[1].replaceFirst("@.*", ""),
                    columns[2].replaceFirst("@.*", ""),
                    columns[3].replaceFirst(":.*", ""),
                    columns[4] + ":" + columns[5] + "/" + columns[6],
                    columns[7],
                    words(columns[8]),
                    words(columns[9]));
        }

        private static Set<String> words(String column) {
            return column.equals("-") ? Set.of() : new TreeSet<>(List.of(column.split(",")));
        }

        boolean ok() {
            return result.equals("ok");
        }
    }

    @TestFactory
    Stream<DynamicTest> iptables() throws IOException {
        return mode("iptables");
    }

    @TestFactory
    Stream<DynamicTest> nftables() throws IOException {
        return mode("nftables");
    }

    @TestFactory
    Stream<DynamicTest> ipvs() throws IOException {
        return mode("ipvs");
    }

    private static Stream<DynamicTest> mode(String mode) throws IOException {
        Path folder = Path.of("fixtures/smoke", mode);
        var loader = new Loader("default", new ByteArrayInputStream(new byte[0]), "stdin");
        var input = loader.load(List.of(folder.resolve("cluster.yaml").toString()));
        assertEquals(List.of(), input.findings());
        Tracer tracer = new Tracer(Linker.link(input, false));
        List<Row> rows = new ArrayList<>();
        Files.readAllLines(folder.resolve("smoke.tsv")).stream().skip(1).forEach(line -> rows.add(Row.of(line)));
        assertEquals(ROWS, rows.size());
        // The client outside is where a Service with externalTrafficPolicy Local sees it come from.
        String outside = rows.stream()
                .filter(row -> row.sourceKind().equals("external")
                        && row.service().equals("stream/relay")
                        && !row.seen().isEmpty())
                .map(row -> row.seen().iterator().next())
                .findFirst()
                .orElseThrow();
        return rows.stream()
                .map(row -> dynamicTest(
                        row.source() + " to " + row.service() + " " + row.target(), () -> check(tracer, row, outside)));
    }

    private static void check(Tracer tracer, Row row, String outside) {
        String from = switch (row.sourceKind()) {
            case "pod" -> row.source().replace("/", "/pod/");
            case "node" -> "node/" + row.source();
            default -> outside;
        };
        Traces traces = tracer.trace(Flow.of(from, row.target()));
        if (!row.ok()) {
            assertEquals(Reach.UNREACHABLE, traces.verdict(), traces::toString);
            if (row.result().equals("refused")) {
                assertTrue(lost(traces).stream().allMatch(Step.Lost::refused), traces::toString);
            }
            return;
        }
        assertEquals(Reach.REACHABLE, traces.verdict(), traces::toString);
        Set<String> endpoints = all(traces, Step.Selected.class).stream()
                .flatMap(step -> step.endpoints().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> sources = all(traces, Step.Delivered.class).stream()
                .map(step -> step.packet().source())
                .collect(Collectors.toCollection(TreeSet::new));
        if (row.destKind().equals("podIP")) {
            assertTrue(hops(traces).stream().anyMatch(at -> at.startsWith("Pod " + row.service() + " on node ")));
            assertEquals(row.seen(), sources);
            return;
        }
        assertTrue(hops(traces).stream().anyMatch(at -> at.endsWith("Service " + row.service())), traces::toString);
        boolean outsideHost = row.answered().equals(Set.of("outside-host"));
        if (outsideHost) {
            assertEquals(1, endpoints.size());
        }
        // A client sticks to one endpoint of store/api, and the load balancer to one node.
        boolean sticks = row.service().equals("store/api");
        boolean oneNode = row.sourceKind().equals("external") && row.destKind().equals("loadBalancerIP");
        if (sticks) {
            assertTrue(endpoints.containsAll(row.answered()), traces::toString);
        } else if (!outsideHost) {
            assertEquals(row.answered(), endpoints, traces::toString);
        }
        if (sticks || oneNode) {
            assertTrue(sources.containsAll(row.seen()), traces::toString);
        } else if (!row.seen().isEmpty()) {
            assertEquals(row.seen(), sources, traces::toString);
        }
    }

    private static List<Step.Lost> lost(Traces traces) {
        return all(traces, Step.Lost.class);
    }

    private static <S extends Step> List<S> all(Traces traces, Class<S> type) {
        return traces.traces().stream()
                .flatMap(trace -> trace.steps(type).stream())
                .toList();
    }

    private static List<String> hops(Traces traces) {
        return traces.traces().stream()
                .flatMap(trace -> trace.hops().stream())
                .map(Hop::at)
                .toList();
    }
}
