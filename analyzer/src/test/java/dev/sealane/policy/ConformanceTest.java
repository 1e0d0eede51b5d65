package dev.sealane.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.Node;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Protocol;
import dev.sealane.link.Linker;
import dev.sealane.link.Network;
import dev.sealane.load.Input;
import dev.sealane.load.Loader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The cases of {@code fixtures/conformance}, whose README says how they are written and where their facts are from. */
class ConformanceTest {
    private static final Path FIXTURES = Path.of("fixtures/conformance");
    private static final Pattern EXPECT = Pattern.compile("# expect (.+)");
    private static final Pattern PORTS = Pattern.compile("(\\d+)(?:-(\\d+))?/(TCP|UDP|SCTP)");
    private static final Pattern ROW = Pattern.compile("#   (allow|deny|depend) (.+) -> (.+)");
    private static final Pattern OUTSIDE = Pattern.compile("# outside: (.+)");
    private static final Map<String, Verdict> VERDICTS =
            Map.of("allow", Verdict.ALLOWED, "deny", Verdict.DENIED, "depend", Verdict.DEPENDS);

    /** @param from, to patterns of names of ends */
    private record Row(Verdict verdict, String from, String to) {}

    record Port(Protocol protocol, int number) {}

    /** What is expected of every pair at some ports. */
    private record Matrix(List<Port> ports, List<Row> rows) {

        /** The last row that is about the pair; what no row is about is allowed. */
        Verdict of(String from, String to) {
            return rows.stream()
                    .filter(row -> matches(row.from(), from) && matches(row.to(), to))
                    .map(Row::verdict)
                    .reduce(Verdict.ALLOWED, (before, after) -> after);
        }
    }

    /** @param manifests without those of the group's cluster */
    private record Step(String manifests, List<Matrix> matrices) {}

    /** The objects and the ends outside that all cases of a group have. */
    private record Cluster(String manifests, List<String> outside) {
        static Cluster read(Path group) throws IOException {
            String text = Files.readString(group.resolve("cluster.yaml"));
            Matcher outside = OUTSIDE.matcher(text);
            return new Cluster(text, outside.find() ? List.of(outside.group(1).split(" ")) : List.of());
        }
    }

    @TestFactory
    Stream<DynamicTest> netpol() throws IOException {
        return tests("netpol", "netpol");
    }

    @TestFactory
    Stream<DynamicTest> networkPolicyApi() throws IOException {
        return tests("network-policy-api", "network-policy-api");
    }

    @TestFactory
    Stream<DynamicTest> changes() throws IOException {
        return tests("changes", "netpol");
    }

    private static Stream<DynamicTest> tests(String name, String clusterOf) throws IOException {
        Path group = FIXTURES.resolve(name);
        Cluster cluster = Cluster.read(FIXTURES.resolve(clusterOf));
        return cases(group).stream()
                .map(file -> dynamicTest(
                        file.getFileName().toString(),
                        file.toUri(),
                        () -> assertEquals("", differences(cluster, file))));
    }

    private static List<Path> cases(Path group) throws IOException {
        try (Stream<Path> files = Files.list(group)) {
            return files.filter(file -> !file.endsWith("cluster.yaml")).sorted().toList();
        }
    }

    @Test
    void noCaseIsLeftOut() throws IOException {
        List<Integer> numbers = cases(FIXTURES.resolve("netpol")).stream()
                .map(file -> Integer.valueOf(file.getFileName().toString().substring(0, 2)))
                .toList();
        assertEquals(IntStream.rangeClosed(1, 48).boxed().toList(), numbers);
        assertEquals(7, cases(FIXTURES.resolve("changes")).size());
        assertEquals(70, cases(FIXTURES.resolve("network-policy-api")).size());
    }

    /** The runner itself: it names the pairs that differ, and only those. */
    @Test
    void aWrongExpectationIsSeen() throws IOException {
        Cluster cluster = Cluster.read(FIXTURES.resolve("netpol"));
        Step step = step("""
                # expect 80/TCP
                #   deny xx/* -> yy/a, yy/b
                #   allow xx/a, xx/b -> *
                """);
        List<String> differences = differences(cluster, step);
        assertEquals(
                List.of(
                        "80/TCP xx/c -> yy/a: expected DENIED, was ALLOWED",
                        "80/TCP xx/c -> yy/b: expected DENIED, was ALLOWED"),
                differences);
    }

    private static String differences(Cluster cluster, Path file) throws IOException {
        List<String> all = new ArrayList<>();
        List<Step> steps = steps(Files.readString(file));
        for (int i = 0; i < steps.size(); i++) {
            for (String difference : differences(cluster, steps.get(i))) {
                all.add("%s, step %d: %s".formatted(file, i + 1, difference));
            }
        }
        return String.join("\n", all);
    }

    /** A file is one step, or its title and then one step after each line that begins with {@code # step}. */
    private static List<Step> steps(String text) {
        List<String> parts = List.of(text.split("(?m)^# step\\b"));
        return parts.stream()
                .skip(parts.size() > 1 ? 1 : 0)
                .map(part -> step("#" + part))
                .toList();
    }

    private static Step step(String text) {
        List<Matrix> matrices = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher expect = EXPECT.matcher(line);
            Matcher row = ROW.matcher(line);
            if (expect.matches()) {
                matrices.add(new Matrix(ports(expect.group(1)), new ArrayList<>()));
            } else if (row.matches()) {
                Row one = new Row(VERDICTS.get(row.group(1)), row.group(2), row.group(3));
                matrices.getLast().rows().add(one);
            } else {
                assertFalse(line.startsWith("# expect") || line.startsWith("#   "), () -> "not understood: " + line);
            }
        }
        assertFalse(matrices.isEmpty(), () -> "nothing is expected of\n" + text);
        return new Step(text, matrices);
    }

    static List<Port> ports(String text) {
        List<Port> ports = new ArrayList<>();
        for (String part : text.split(", ")) {
            Matcher range = PORTS.matcher(part);
            assertTrue(range.matches(), () -> "no ports: " + part);
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            Protocol protocol = Protocol.valueOf(range.group(3));
            IntStream.rangeClosed(first, last).forEach(number -> ports.add(new Port(protocol, number)));
        }
        return ports;
    }

    private static List<String> differences(Cluster cluster, Step step) {
        Network network = network(merged(cluster.manifests(), step.manifests()));
        Map<String, Endpoint> ends = ends(network, cluster.outside());
        for (Matrix matrix : step.matrices()) {
            for (Row row : matrix.rows()) {
                for (String pattern : (row.from() + "," + row.to()).split(",")) {
                    assertTrue(ends.keySet().stream().anyMatch(end -> matches(pattern, end)), () -> "no " + pattern);
                }
            }
        }
        List<String> differences = new ArrayList<>();
        ends.forEach((from, source) -> ends.forEach((to, destination) -> {
            boolean policed = source instanceof Endpoint.Pods || destination instanceof Endpoint.Pods;
            if (policed && !from.equals(to)) {
                Connections connections = network.policies().between(source, destination);
                for (Matrix matrix : step.matrices()) {
                    Verdict expected = matrix.of(from, to);
                    for (Port port : matrix.ports()) {
                        Verdict actual =
                                connections.at(port.protocol(), port.number()).verdict();
                        if (actual != expected) {
                            differences.add("%d/%s %s -> %s: expected %s, was %s"
                                    .formatted(port.number(), port.protocol(), from, to, expected, actual));
                        }
                    }
                }
            }
        }));
        return differences;
    }

    /** By name: {@code namespace/pod}, {@code node/name} and {@code outside/address}. */
    static Map<String, Endpoint> ends(Network network, List<String> outside) {
        Map<String, Endpoint> ends = new TreeMap<>();
        for (PodSet set : network.podSets()) {
            for (var pod : set.pods()) {
                Tenant namespace = network.tenants().get(pod.namespace());
                ends.put(pod.namespace() + "/" + pod.name(), Endpoint.Pods.of(namespace, set, List.of(pod)));
            }
        }
        network.facts().stream()
                .filter(Node.class::isInstance)
                .map(Node.class::cast)
                .forEach(node -> ends.put("node/" + node.name(), Endpoint.Host.of(node)));
        for (String address : outside) {
            ends.put("outside/" + address, new Endpoint.Addresses(Cidr.parse(address), true, ""));
        }
        return ends;
    }

    /** @param pattern names with commas between; {@code *} stands for anything up to the slash or from it */
    static boolean matches(String pattern, String end) {
        String[] actual = end.split("/", 2);
        return Stream.of(pattern.split(","))
                .map(one -> one.strip().split("/", 2))
                .anyMatch(wanted -> {
                    boolean first = wanted[0].equals("*") || wanted[0].equals(actual[0]);
                    return first && (wanted.length == 1 || wanted[1].equals("*") || wanted[1].equals(actual[1]));
                });
    }

    /** An object of the second replaces one of the first of the same kind and name. */
    private static String merged(String cluster, String manifests) {
        Map<List<Object>, Object> objects = new LinkedHashMap<>();
        for (String text : List.of(cluster, manifests)) {
            for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
                if (document instanceof Map<?, ?> object && object.get("metadata") instanceof Map<?, ?> metadata) {
                    String namespace = metadata.containsKey("namespace") ? "" + metadata.get("namespace") : "";
                    objects.put(List.of(object.get("kind"), namespace, metadata.get("name")), object);
                } else if (document != null) {
                    fail("no object: " + document);
                }
            }
        }
        DumpSettings separate = DumpSettings.builder().setExplicitStart(true).build();
        return new Dump(separate).dumpAllToString(objects.values().iterator());
    }

    static Network network(String manifests) {
        byte[] bytes = manifests.getBytes(StandardCharsets.UTF_8);
        Input input = new Loader("default", new ByteArrayInputStream(bytes), "case.yaml").load(List.of("-"));
        assertEquals(List.of(), input.findings());
        assertEquals(List.of(), input.skipped());
        return Linker.link(input, false);
    }
}
