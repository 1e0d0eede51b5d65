package dev.sealane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.dump.Specimens;
import dev.sealane.facts.Kind;
import dev.sealane.load.Capture;
import dev.sealane.load.Limits;
import dev.sealane.load.UsageError;
import dev.sealane.redact.Key;
import dev.sealane.redact.Redactor;
import dev.sealane.redact.Redactor.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What is redacted has the same findings, and nothing else that could be found again. */
class RedactTest {
    private static final Pattern PUBLIC = Pattern.compile(
            "|kube-system|kube-public|kube-node-lease|default|kubernetes|kube-dns|coredns|dns|dns-tcp|flannel|kube-flannel|"
                    + "kube-proxy|http|https|grpc|metrics|web|true|false|node|app|nginx|ingress-nginx|tls|controller|kube|master|"
                    + "kube-root-ca.crt|system|redacted|controlplane|calico-node|k8s-app|ingress-nginx-controller|"
                    + "registry.k8s.io|cluster.local|default-scheduler|token|ca.crt|run|etc|agent|apiserver|errors|loop|ready|reload|loadbalance|proxy|null|9153|traefik(:v3.5.3)?|nginx:1.29|ip(tables|vs):|"
                    + "API|admin|api|api-in|backup|status|(cronjob|replication|deployment|endpointslice|job|namespace|node|replicaset|statefulset|ttl)-controller|192.0.2.0/24|node-[12]");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fixtures/clusters/shop",
                "fixtures/clusters/edge",
                "fixtures/clusters/healthy",
                "fixtures/inputs/aliases.yaml",
                "fixtures/inputs/duplicate-resource.yaml",
                "docs/examples/web.yaml"
            })
    void theSameFindings(String in) {
        for (String key : List.of("one", "two")) {
            Path out = folder.resolve(key);
            Result result = new Redactor(Key.of(key), Limits.DEFAULT).redact(Path.of(in), out);
            assertEquals(List.of(), result.refused());
            assertEquals(findings(in), findings(out.toString()));
            assertNothingOf(Path.of(in), out);
        }
    }

    /** Rule, severity and line; the names of files are others, and in another order. */
    private static List<String> findings(String path) {
        Lint lint = Lint.paths(path);
        return lint.findings().stream()
                .map(finding -> finding.rule().id() + " " + finding.severity() + " "
                        + lint.location(finding).line() + " "
                        + finding.related().stream()
                                .map(evidence ->
                                        lint.locations.of(evidence.place()).line())
                                .toList())
                .sorted()
                .toList();
    }

    /** Looks for what the input names, with a parser of its own. */
    private static void assertNothingOf(Path in, Path out) {
        Set<String> denied = new TreeSet<>();
        files(in).forEach(file -> documents(file).forEach(document -> names(document, "", denied)));
        denied.removeIf(name -> PUBLIC.matcher(name).matches() || name.length() < 3);
        assertFalse(denied.isEmpty());
        Set<String> words = new HashSet<>();
        files(out).forEach(file -> words.addAll(List.of(read(file).split("[\\s\"',\\[\\]{}]+|: |:$"))));
        denied.retainAll(words);
        assertEquals(Set.of(), denied);
    }

    private static void names(Object value, String key, Set<String> found) {
        if (value instanceof Map<?, ?> map) {
            boolean own = Set.of("labels", "matchLabels", "data", "stringData", "annotations")
                    .contains(key);
            map.forEach((name, child) -> {
                if (own && child instanceof String text && !name.toString().contains("kubernetes.io")) {
                    text.lines().forEach(line -> found.add(line.strip()));
                }
                names(child, name.toString(), found);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(item -> names(item, key, found));
        } else if (value instanceof String text
                && Set.of(
                                "name",
                                "namespace",
                                "host",
                                "value",
                                "ip",
                                "podIP",
                                "hostIP",
                                "clusterIP",
                                "address",
                                "addresses",
                                "podCIDR",
                                "cidr",
                                "nodeName",
                                "uid",
                                "externalName",
                                "image",
                                "secretName")
                        .contains(key)
                && !Set.of("None", "0.0.0.0/0").contains(text)
                && !text.startsWith("registry.k8s.io/")) {
            found.add(text);
        }
    }

    private static List<Object> documents(Path file) {
        LoadSettings settings = LoadSettings.builder()
                .setAllowDuplicateKeys(true)
                .setCodePointLimit(100_000_000)
                .build();
        List<Object> documents = new ArrayList<>();
        new Load(settings).loadAllFromString(read(file)).forEach(documents::add);
        return documents;
    }

    private static List<Path> files(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(yaml|yml|json)|[^.]*"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final String CAPTURED = """
            apiVersion: v1
            items:
            - apiVersion: v1
              kind: Service
              metadata:
                annotations:
                  kubectl.kubernetes.io/last-applied-configuration: |
                    {"apiVersion":"v1","kind":"Service","metadata":{"name":"ledgerdb","namespace":"globex-prod"}}
                name: ledgerdb
                namespace: globex-prod
                resourceVersion: "10"
                uid: 7d7f7e2c-0000-4000-8000-000000000001
              spec:
                clusterIP: 10.97.33.44
                ports:
                - port: 5432
                  targetPort: pgwire
                selector:
                  globex.example/unit: ledgerdb
            - apiVersion: v1
              kind: Pod
              metadata:
                labels:
                  globex.example/unit: legerdb
                name: ledgerdb-6c9f8d7b5c-q2w4x
                namespace: globex-prod
                resourceVersion: "11"
                uid: 7d7f7e2c-0000-4000-8000-000000000002
              spec:
                containers:
                - args: [--peer=ledgerdb.globex-prod.svc.cluster.local:5432, --owner=hank.scorpio@globex.example]
                  env:
                  - {name: DB_PASSWORD, value: correct-horse}
                  - {name: PIN, value: "73519"}
                  - {name: LEDGERDB_PORT, value: "tcp://10.97.33.44:5432"}
                  image: registry.globex.example/ledgerdb:4.2
                  name: ledgerdb
                nodeName: ip-10-20-30-40.globex.internal
              status:
                hostIP: 10.20.30.40
                phase: Running
                podIP: 10.244.77.88
            - apiVersion: v1
              data:
                password: Y29ycmVjdC1ob3JzZQ==
              kind: Secret
              metadata:
                name: ledgerdb-login
                namespace: globex-prod
                resourceVersion: "12"
                uid: 7d7f7e2c-0000-4000-8000-000000000003
            - apiVersion: networking.k8s.io/v1
              kind: NetworkPolicy
              metadata:
                name: ledgerdb-out
                namespace: globex-prod
                resourceVersion: "13"
                uid: 7d7f7e2c-0000-4000-8000-000000000004
              spec:
                egress:
                - to:
                  - ipBlock: {cidr: 10.20.0.0/16, except: [10.20.30.0/24]}
                podSelector:
                  matchLabels:
                    globex.example/unit: legerdb
                policyTypes: [Egress]
            kind: List
            metadata:
              resourceVersion: ""
            """;

    /** The lists of the API server, as YAML and as JSON on one line. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsLeftOfACapturedList(boolean json) throws IOException {
        Object list = new Load(LoadSettings.builder().build()).loadFromString(CAPTURED);
        String text = json ? json(list) : CAPTURED;
        Path in = Files.writeString(folder.resolve(json ? "in.json" : "in.yaml"), text);
        Path out = folder.resolve(json ? "out.json" : "out.yaml");
        Result result = new Redactor(Key.of("a key"), Limits.DEFAULT).redact(in, out);
        assertEquals(1, result.secretValues());
        assertEquals(findings(in.toString()), findings(out.toString()));
        assertTrue(
                findings(in.toString()).toString().contains("SVC001 ERROR"),
                findings(in.toString()).toString());
        String written = read(out).toLowerCase(Locale.ROOT);
        for (String gone : List.of(
                "globex",
                "ledgerdb",
                "legerdb",
                "6c9f8d7b5c",
                "q2w4x",
                "pgwire",
                "scorpio",
                "horse",
                "y29ycm",
                "73519",
                "97.33.44",
                "20.30.40",
                "20-30-40",
                "244.77.88",
                "20.30.0/24",
                "7d7f7e2c",
                "prod")) {
            assertFalse(written.contains(gone), gone);
        }
        assertTrue(
                written.contains("5432") && written.contains("svc.cluster.local") && written.contains("running"),
                written);
    }

    private static String json(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> json(entry.getKey()) + ":" + json(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(RedactTest::json).collect(Collectors.joining(",", "[", "]"));
        }
        return value instanceof String text
                ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"'
                : String.valueOf(value);
    }

    @Test
    void onlyTheKeyDecides() throws IOException {
        Path in = Files.writeString(folder.resolve("in.yaml"), "apiVersion: v1\nkind: Pod\nmetadata: {name: globex}\n");
        String one = redacted(Key.of("one"), in, "1");
        assertEquals(one, redacted(Key.of("one"), in, "2"));
        assertNotEquals(one, redacted(Key.of("two"), in, "3"));
        assertNotEquals(redacted(Key.random(), in, "4"), redacted(Key.random(), in, "5"));
    }

    private String redacted(Key key, Path in, String out) {
        new Redactor(key, Limits.DEFAULT).redact(in, folder.resolve(out));
        return read(folder.resolve(out));
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Path in = Files.createDirectory(folder.resolve("in"));
        Files.writeString(in.resolve("a.yaml"), "a: b\n");
        Path out = Files.createDirectory(folder.resolve("out"));
        Path other = Files.writeString(out.resolve("mine"), "mine");
        Redactor redactor = new Redactor(Key.random(), Limits.DEFAULT);
        for (Path path : List.of(out, other, in, in.resolve("below"))) {
            assertThrows(UsageError.class, () -> redactor.redact(in, path), path.toString());
        }
        assertThrows(UsageError.class, () -> redactor.redact(folder.resolve("none"), folder.resolve("new")));
        Files.delete(other);
        assertEquals(1, redactor.redact(in, out).files());
    }

    @Test
    void whatCannotBeReadIsNotWritten() throws IOException {
        Path in = Files.createDirectory(folder.resolve("in"));
        Files.writeString(in.resolve("broken.yaml"), "globex: [\n");
        Files.writeString(in.resolve("cut.json"), "{\"globex\": \"hunt");
        Files.write(in.resolve("bytes.yaml"), new byte[] {'a', ':', ' ', (byte) 0xC3, '\n'});
        Files.writeString(in.resolve("tagged.yaml"), "globex: !globex x\n");
        Files.writeString(in.resolve("pod.log"), "globex\n");
        Files.writeString(in.resolve("good.yaml"), "globex: 1\n");
        Files.createSymbolicLink(in.resolve("link.yaml"), folder.resolve("elsewhere.yaml"));
        Files.createSymbolicLink(in.resolve("up"), folder);
        Path out = folder.resolve("out");
        Result result = new Redactor(Key.random(), Limits.DEFAULT).redact(in, out);
        assertEquals(1, result.files());
        assertEquals(List.of("link.yaml", "pod.log", "up"), result.leftOut());
        assertEquals(4, result.refused().size(), result.refused().toString());
        assertFalse(result.refused().toString().contains("hunt"));
        assertEquals(1, files(out).size());
    }

    /** What could not be listed is still known. */
    @Test
    void theLedgerOfACapture() throws IOException {
        Path in = Files.createDirectories(folder.resolve("in/cluster")).getParent();
        Files.writeString(in.resolve("cluster/services.yaml"), CAPTURED);
        Files.writeString(
                in.resolve("capture.tsv"),
                "format\tsealane-capture 1\nstarted\t2026-11-23T22:13:21Z\nnamespaces\tglobex-prod\n");
        Files.writeString(in.resolve("ledger.tsv"), """
                time\texit\tkind\tgroup\tnamespace\tfile\treason
                2026-11-23T22:13:22Z\t1\tIngress\tnetworking.k8s.io\tglobex-prod\t-\tforbidden: User "hank"
                """);
        Path out = folder.resolve("out");
        new Redactor(Key.random(), Limits.DEFAULT).redact(in, out);
        assertTrue(Files.exists(out.resolve("cluster/services.yaml")));
        String[] row =
                read(out.resolve("ledger.tsv")).lines().toList().getLast().split("\t");
        assertEquals(
                List.of("2026-11-23T22:13:22Z", "1", "Ingress", "networking.k8s.io"),
                List.of(row).subList(0, 4));
        assertTrue(row[4].matches("[a-z2-7]{7}-[a-z2-7]{7}"), row[4]);
        assertFalse(row[6].contains("hank"), row[6]);
        assertTrue(read(out.resolve("capture.tsv")).contains("namespaces\t" + row[4]));
        assertEquals(
                "sealane-capture",
                Lint.paths(out.toString()).input.captures().getFirst().layout());
    }

    /** As each collector writes it: the same layout, the same findings, and the same to be proven by it. */
    @TestFactory
    Stream<DynamicTest> dumps() {
        return Specimens.all().keySet().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    Path in = folder.resolve(name);
                    Specimens.write(name, in);
                    String known = known(in);
                    assertTrue(known.startsWith(name.replaceAll(" .*", "") + " "), known);
                    Path out = folder.resolve("redacted " + name);
                    Result result = new Redactor(Key.of(name), Limits.DEFAULT).redact(in, out);
                    assertEquals(List.of(), result.refused());
                    assertEquals(known, known(out));
                    for (String format : List.of("zip", "tar.gz")) {
                        Path archive = folder.resolve(name + "." + format);
                        Files.write(archive, pack(in, format));
                        Path folderOut = folder.resolve(name + " of " + format.replace('.', '-'));
                        assertEquals(
                                List.of(),
                                new Redactor(Key.of(name), Limits.DEFAULT)
                                        .redact(archive, folderOut)
                                        .refused());
                        assertEquals(known, known(folderOut));
                        Path zipOut = folder.resolve(name + " of " + format + ".zip");
                        new Redactor(Key.of(name), Limits.DEFAULT).redact(archive, zipOut);
                        assertEquals(known(archive), known(zipOut));
                    }
                }));
    }

    /** All that is known of a dump, without names. */
    private static String known(Path path) {
        Lint lint = Lint.paths(path.toString());
        Capture capture = lint.input.captures().getFirst();
        List<String> listings = lint.input.listings().stream()
                .map(listing ->
                        listing.kinds().stream().map(Kind::toString).sorted().toList() + " "
                                + listing.namespaces().size() + " " + listing.everyNamespace() + " "
                                + listing.state())
                .sorted()
                .toList();
        List<String> ids = lint.findings().stream()
                .map(finding -> finding.rule().id() + " " + finding.severity())
                .sorted()
                .toList();
        return capture.layout() + " " + capture.serverVersion() + " at " + capture.oldest() + "/" + capture.newest()
                + " " + new TreeMap<>(capture.uses()) + "\n" + String.join("\n", ids) + "\n"
                + String.join("\n", listings);
    }

    private static byte[] pack(Path folder, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ArchiveOutputStream<? extends ArchiveEntry> archive = format.equals("zip")
                        ? new ZipArchiveOutputStream(out)
                        : new TarArchiveOutputStream(new GZIPOutputStream(out));
                Stream<Path> files = Files.walk(folder)) {
            pack(archive, folder, files.filter(Files::isRegularFile).sorted().toList());
        }
        return out.toByteArray();
    }

    private static <E extends ArchiveEntry> void pack(ArchiveOutputStream<E> archive, Path folder, List<Path> files)
            throws IOException {
        if (archive instanceof TarArchiveOutputStream tar) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        }
        for (Path file : files) {
            // A zip has whole seconds.
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_741_068_428_000L));
            archive.putArchiveEntry(archive.createArchiveEntry(
                    file.toFile(), folder.relativize(file).toString()));
            archive.write(Files.readAllBytes(file));
            archive.closeArchiveEntry();
        }
    }

    /** Nothing is written but below the folder that was said. */
    @Test
    void hostileArchives() throws IOException {
        String service = "apiVersion: v1\nkind: Service\nmetadata: {name: globex}\nspec: {}\n";
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        List<String> names = List.of(
                "../up.yaml",
                "a/../../up.yaml",
                "/etc/abs.yaml",
                "..\\win.yaml",
                "twice.yaml",
                "twice.yaml",
                "file.yaml",
                "file.yaml/below.yaml",
                "esc\u001b[2J.yaml",
                "x-".repeat(300) + ".yaml");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(packed)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (String name : names) {
                TarArchiveEntry entry = new TarArchiveEntry(name, true);
                entry.setSize(service.length());
                tar.putArchiveEntry(entry);
                tar.write(service.getBytes(StandardCharsets.UTF_8));
                tar.closeArchiveEntry();
            }
            TarArchiveEntry link = new TarArchiveEntry("link", TarConstants.LF_SYMLINK);
            link.setLinkName(folder.toString());
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
            TarArchiveEntry through = new TarArchiveEntry("link/through.yaml");
            through.setSize(service.length());
            tar.putArchiveEntry(through);
            tar.write(service.getBytes(StandardCharsets.UTF_8));
            tar.closeArchiveEntry();
        }
        Path in = Files.write(folder.resolve("in.tar"), packed.toByteArray());
        Path out = Files.createDirectories(folder.resolve("a/b/out"));
        Result result = new Redactor(Key.random(), Limits.DEFAULT).redact(in, out);
        Set<Path> outside = new HashSet<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(file -> Files.isRegularFile(file) && !file.startsWith(out))
                    .forEach(outside::add);
        }
        assertEquals(Set.of(in), outside);
        // A file cannot be a folder as well.
        assertEquals(1, result.refused().size(), result.refused().toString());
        // Three are hidden, by their first point, and the one through the link is among the written.
        assertEquals(names.size() - 3, result.files());
        try (Stream<Path> written = Files.walk(out)) {
            List<Path> all = written.filter(Files::isRegularFile).toList();
            assertEquals(names.size() - 3, all.size());
            assertTrue(all.stream().allMatch(file -> file.toString().matches("[ -~]+")), all.toString());
        }
    }

    @Test
    void damagedAndLimitedArchives() throws IOException {
        Path in = Files.createDirectories(folder.resolve("in"));
        Files.writeString(in.resolve("a.yaml"), "apiVersion: v1\nkind: Pod\nmetadata: {name: globex}\n");
        Files.writeString(
                in.resolve("b.yaml"), "apiVersion: v1\nkind: Pod\nmetadata: {name: " + "x".repeat(2000) + "}\n");
        byte[] zip = pack(in, "zip");
        Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(zip, 150));
        Result result = new Redactor(Key.random(), Limits.DEFAULT).redact(cut, folder.resolve("of cut"));
        assertTrue(
                result.refused().toString().contains("it is cut off"),
                result.refused().toString());
        Limits limits = new Limits(1 << 20, 1 << 20, 100, 1 << 20, 1000, 1, 1000);
        Path whole = Files.write(folder.resolve("whole.zip"), zip);
        result = new Redactor(Key.random(), limits).redact(whole, folder.resolve("of whole"));
        assertEquals(1, result.files());
        assertTrue(
                result.refused().toString().contains("more than 1 files"),
                result.refused().toString());
        result = new Redactor(Key.random(), limits.times(2)).redact(whole, folder.resolve("of more"));
        assertEquals(1, result.files());
        assertTrue(
                result.refused().toString().contains("b.yaml: it is longer than"),
                result.refused().toString());
        assertThrows(
                UsageError.class, () -> new Redactor(Key.random(), limits).redact(whole, folder.resolve("out.tar.gz")));
    }

    /** As PowerShell wrote it, and packed by itself. */
    @Test
    void oneCompressedFile() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(("\ufeff" + CAPTURED).getBytes(StandardCharsets.UTF_16LE));
        }
        Path in = Files.write(folder.resolve("in.yaml.gz"), packed.toByteArray());
        Path out = folder.resolve("out.yaml");
        assertEquals(
                1, new Redactor(Key.random(), Limits.DEFAULT).redact(in, out).files());
        assertFalse(read(out).contains("globex"));
        assertEquals(findings(in.toString()), findings(out.toString()));
        Path among = Files.createDirectory(folder.resolve("among"));
        Files.copy(in, among.resolve("all.yaml.gz"));
        new Redactor(Key.random(), Limits.DEFAULT).redact(among, folder.resolve("of among"));
        assertEquals(
                findings(in.toString()), findings(folder.resolve("of among").toString()));
    }

    /** What kubectl was not allowed to list is still known, and logs between the lists are gone. */
    @Test
    void linesOfKubectlAndLogs() throws IOException {
        Path in = Files.writeString(folder.resolve("in.json"), """
                {"kind": "PodList", "apiVersion": "v1", "metadata": {}, "items": []}
                Error from server (Forbidden): ingresses.networking.k8s.io is forbidden: User "hank@globex" cannot list \
                resource "ingresses" in API group "networking.k8s.io" in the namespace "globex"
                ==== START logs for container web of pod globex/web ====
                hank logged in
                ==== END logs for container web of pod globex/web ====
                {"kind": "ServiceList", "apiVersion": "v1", "metadata": {}, "items": []}
                """.replace("\\\n", ""));
        Path out = folder.resolve("out.json");
        assertEquals(
                List.of(),
                new Redactor(Key.random(), Limits.DEFAULT).redact(in, out).refused());
        assertFalse(read(out).contains("hank") || read(out).contains("globex"), read(out));
        assertTrue(known(in).contains("FAILED"), known(in));
        assertEquals(known(in), known(out));
    }

    /** The names of files and folders are names, too. */
    @Test
    void fileNames() throws IOException {
        Path in = Files.createDirectories(folder.resolve("in/namespaces/globex"));
        Files.writeString(in.resolve("pods.yaml"), "a: b\n");
        Path out = folder.resolve("out");
        new Redactor(Key.random(), Limits.DEFAULT).redact(folder.resolve("in"), out);
        String name = out.relativize(files(out).getFirst()).toString();
        assertTrue(name.matches("namespaces/[a-z2-7]{7}/pods.yaml"), name);
    }
}
