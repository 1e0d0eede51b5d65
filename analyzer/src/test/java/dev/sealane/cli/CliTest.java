package dev.sealane.cli;

import static dev.sealane.cli.Call.sealane;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.check.RuleSet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
    /** An error (the selector), and nothing else. */
    private static final String BROKEN = """
            apiVersion: v1
            kind: Service
            metadata:
              name: web
            spec:
              selector:
                app: wbe
              ports:
                - port: 80
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
            spec:
              selector:
                matchLabels:
                  app: web
              template:
                metadata:
                  labels:
                    app: web
                spec:
                  containers:
                    - name: web
                      image: web
                      ports:
                        - containerPort: 80
            """;

    private static final String SOUND = BROKEN.replace("wbe", "web");
    /** A warning: an object is defined twice. */
    private static final String WARNED = SOUND + "---\n" + SOUND.substring(0, SOUND.indexOf("---"));

    @TempDir
    private Path folder;

    private String broken;
    private String sound;

    @BeforeEach
    void write() {
        broken = file("broken.yaml", BROKEN);
        sound = file("sound.yaml", SOUND);
    }

    @Test
    void nothingFoundIsZero() {
        Call call = sealane("lint", sound);
        assertEquals(0, call.code(), call.out());
        assertTrue(call.out().startsWith("no findings. Checked 2 objects of 1 file in "), call.out());
        assertEquals("", call.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "line"})
    void anErrorIsOneInEveryFormat(String format) {
        Call call = sealane("lint", broken, "--format", format);
        assertEquals(1, call.code());
        assertTrue(call.out().contains("SVC001"));
        assertEquals("", call.err());
        assertEquals(0, sealane("lint", sound, "--format", format).code());
    }

    @ParameterizedTest
    @CsvSource({
        "error, 1, 0",
        "warning, 1, 1",
        "note, 1, 1",
        "never, 0, 0",
    })
    void theThresholdDecides(String threshold, int ofError, int ofWarning) {
        String warned = file("warned.yaml", WARNED);
        assertTrue(sealane("lint", warned, "-q").out().contains(": warning: "));
        assertEquals(ofError, sealane("lint", broken, "--fail-on", threshold).code());
        assertEquals(
                ofWarning, sealane("lint", warned, "--fail-on=" + threshold).code());
    }

    @Test
    void formats() {
        String name = broken.replace('\\', '/');
        String message = "selector app=wbe matches no pod in namespace default";
        String text = sealane("lint", broken).out();
        assertTrue(text.startsWith("error[SVC001] service-selects-no-pod: " + message), text);
        assertTrue(
                text.contains(
                        "  --> " + name + ":6:3  Service default/web\n   |\n 6 |   selector:\n   |   ^^^^^^^^^\n"),
                text);
        String line = sealane("lint", broken, "--format", "line").out();
        assertTrue(line.startsWith(name + ":6:3: error: " + message), line);
        assertTrue(line.endsWith(" [SVC001]\n"), line);
        assertEquals(1, line.lines().count());
        assertTrue(sealane("lint", broken, "--format", "JSON").out().startsWith("{\n  \"version\": 1,\n"));
    }

    @Test
    void quietIsOneLineForEachFinding() {
        assertEquals(
                sealane("lint", broken, "--format", "line").out(),
                sealane("lint", "-q", broken).out());
        assertEquals("", sealane("lint", "--quiet", sound).out());
        assertEquals(1, sealane("lint", "--quiet", broken).code());
    }

    @Test
    void verboseListsWhatIsNoKubernetesObject() {
        String values = file("values.yaml", "replicas: 1\n");
        Call brief = sealane("lint", sound, values);
        assertFalse(brief.out().contains("[SYN004]"), brief.out());
        Call verbose = sealane("lint", sound, values, "-v");
        assertTrue(verbose.out().startsWith("note[SYN004]"), verbose.out());
        assertTrue(sealane("lint", sound, values, "--format", "line").out().contains("[SYN004]"));
        assertEquals("", sealane("lint", sound, values, "-q").out());
    }

    @Test
    void theFolderIsTheDefault() throws IOException {
        Call here = sealane("lint", "--fail-on", "never", "-q");
        Call dot = sealane("lint", "--fail-on", "never", "-q", ".");
        assertEquals(0, here.code(), here.err());
        assertEquals(dot, here);
        assertTrue(here.out().contains("fixtures/"), here.out());
    }

    @Test
    void aFolderAndSeveralPathsAreOneInput() {
        assertEquals(1, sealane("lint", folder.toString()).code());
        String service = file("a.yaml", SOUND.substring(0, SOUND.indexOf("---")));
        String workload = file("b.yaml", SOUND.substring(SOUND.indexOf("---")));
        Call call = sealane("lint", service, workload);
        assertTrue(call.out().contains("Checked 2 objects of 2 files"), call.out());
        assertEquals(0, call.code());
    }

    @Test
    void standardInputHasAName() {
        Call unnamed = Call.with(BROKEN, Map.of(), false, "lint", "-", "-q");
        assertTrue(unnamed.out().startsWith("stdin:6:3: error: "), unnamed.out());
        Call named = Call.with(BROKEN, Map.of(), false, "lint", "-", "-q", "--stdin-filename", "shop/web.yaml");
        assertTrue(named.out().startsWith("shop/web.yaml:6:3: error: "), named.out());
        assertEquals(1, named.code());
    }

    @Test
    void theNamespaceIsOfObjectsThatNameNone() {
        assertTrue(sealane("lint", broken, "-n", "shop").out().contains("Service shop/web"));
        assertTrue(sealane("lint", broken, "--namespace=shop").out().contains("in namespace shop"));
    }

    /** People paste it into a shell. */
    @Test
    void aCommandToCollectHoldsNoNameThatAShellActsOn() {
        String ingress = "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a, namespace: %s}, spec:"
                + " {defaultBackend: {service: {name: web, port: {number: 80}}}}}";
        String shop = Call.with(ingress.formatted("shop"), Map.of(), false, "lint", "-", "-v")
                .out();
        assertTrue(shop.contains("(kubectl get services -n shop -o yaml > services.namespace-shop.yaml)"), shop);
        String hostile = Call.with(ingress.formatted("'$(reboot)'"), Map.of(), false, "lint", "-", "-v")
                .out();
        assertTrue(hostile.contains("(kubectl get services -A -o yaml > services.all-namespaces.yaml)"), hostile);
        assertFalse(hostile.contains("-n $"), hostile);
    }

    /** The command that lint and coverage print answers the question, also where there is nothing to collect. */
    @Test
    void whatWasCollectedAsToldIsNotAskedForAgain() {
        String pod = """
                {apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: shop,
                uid: u, resourceVersion: "1"}}]}
                """;
        String pods = file("pods.yaml", pod);
        String empty = "apiVersion: v1\nitems: []\nkind: List\nmetadata:\n  resourceVersion: \"\"\n";
        for (String command : List.of("lint", "coverage")) {
            String before = sealane(command, "-v", pods).out();
            assertTrue(
                    before.contains("kubectl get ingresses -n shop -o yaml > ingresses.namespace-shop.yaml"), before);
            for (String name : List.of("ingresses.namespace-shop.yaml", "ingresses.all-namespaces.yaml")) {
                String after = sealane(command, "-v", pods, file(name, empty)).out();
                assertFalse(after.contains("kubectl get ingresses"), after);
            }
        }
    }

    @Test
    void completeTakesAbsenceForProof() {
        String service = file("service.yaml", BROKEN.substring(0, BROKEN.indexOf("---")));
        Call open = sealane("lint", service);
        assertEquals(0, open.code(), open.out());
        assertTrue(open.out().contains("not checked:\n"), open.out());
        assertTrue(open.out().contains("SVC001"), open.out());
        Call closed = sealane("lint", service, "--complete", "--fail-on=warning");
        assertEquals(1, closed.code(), closed.out());
        assertFalse(closed.out().contains("not checked"), closed.out());
    }

    @ParameterizedTest
    @CsvSource({
        "--only, SVC001, true",
        "--only, svc001, true",
        "--only, service-selects-no-pod, true",
        "--only, service, true",
        "--only, dns, false",
        "--only, 'dns,SVC001', true",
        "--skip, SVC001, false",
        "--skip, service-selects-no-pod, false",
        "--skip, service, false",
        "--skip, dns, true",
        "--skip, 'dns, SVC001', false",
    })
    void rulesAreChosen(String option, String rules, boolean found) {
        assertEquals(found ? 1 : 0, sealane("lint", broken, option, rules).code());
    }

    @Test
    void choicesAdd() {
        assertEquals(
                1, sealane("lint", broken, "--only", "dns", "--only", "SVC001").code());
        assertEquals(
                0,
                sealane("lint", broken, "--only", "service", "--skip", "SVC001").code());
    }

    @Test
    void aChoiceDoesNotHideThatSomethingWasNotRead() {
        String cut = file("cut.yaml", "a: [\n");
        assertEquals(1, sealane("lint", cut, "--only", "SVC001").code());
        assertEquals(0, sealane("lint", cut, "--skip", "SYN001").code());
    }

    @Test
    void theOutputGoesToAFile() throws IOException {
        Path file = folder.resolve("out.json");
        Call call = sealane("lint", broken, "--format", "json", "--output", file.toString());
        assertEquals(new Call(1, "", ""), call);
        assertEquals(sealane("lint", broken, "--format", "json").out(), Files.readString(file));
    }

    @Test
    void aFileNeverHasColours() throws IOException {
        Path file = folder.resolve("out.txt");
        Call.with("", Map.of(), true, "lint", broken, "-o", file.toString());
        assertFalse(Files.readString(file).contains("\u001b"));
    }

    @Test
    void anOutputThatCannotBeWritten() {
        Path missing = folder.resolve("no/such/out.txt");
        Call call = sealane("lint", broken, "--output", missing.toString());
        assertEquals(2, call.code());
        assertEquals("", call.out());
        assertEquals("sealane: cannot write " + missing + ": no such folder\nTry 'sealane lint --help'.\n", call.err());
        assertMistake("cannot write", "lint", sound, "--output", folder.toString());
    }

    @Test
    void coloursAreForTerminalsWithoutNoColor() {
        assertTrue(Call.with("", Map.of(), true, "lint", broken).out().contains("\u001b[1;31m"));
        assertTrue(Call.with("", Map.of("NO_COLOR", ""), true, "lint", broken)
                .out()
                .contains("\u001b["));
        assertFalse(Call.with("", Map.of("NO_COLOR", "1"), true, "lint", broken)
                .out()
                .contains("\u001b"));
        assertFalse(Call.with("", Map.of("TERM", "dumb"), true, "lint", broken)
                .out()
                .contains("\u001b"));
        assertFalse(Call.with("", Map.of(), false, "lint", broken).out().contains("\u001b"));
        assertFalse(Call.with("", Map.of(), true, "lint", broken, "-q").out().contains("\u001b"));
        assertTrue(Call.with("", Map.of(), true, "--help").out().contains("\u001b["));
        assertFalse(Call.with("", Map.of(), false, "--help").out().contains("\u001b"));
    }

    @Test
    void mistakesAreOneLineAndAHint() {
        assertMistake(
                "no command; there are lint, coverage, rules, explain, trace, check-intent, map, diff, graph, capture,"
                        + " redact, completion");
        assertMistake("no command or argument lnt; did you mean lint", "lnt");
        assertMistake("no option --fial-on", "lint", "--fial-on", "error");
        assertMistake("--format is one of text, json, line, not xml", "lint", "--format", "xml");
        assertMistake("--fail-on is one of error, warning, note, never, not fatal", "lint", "--fail-on", "fatal");
        assertMistake("--format is one of text, json, markdown, not dot", "rules", "--format", "dot");
        assertMistake("--format is one of dot, graphml, json, not svg", "graph", "--format", "svg");
        assertMistake("no rule or topic SVC0001; nearest: SVC001", "lint", "--only", "SVC0001");
        assertMistake("no rule or topic inputt; nearest: input", "lint", "--skip", "inputt");
        assertMistake("no rule or topic xyzzy; sealane rules lists them", "lint", "--only", "dns,xyzzy");
        assertMistake(
                "no rule service-selects-no-pods; nearest: service-selects-no-pod",
                "explain",
                "service-selects-no-pods");
        assertMistake("Missing required parameter: 'RULE'", "explain");
        assertMistake("--namespace is empty", "lint", "--namespace", "", sound);
        assertMistake("no namespace can be called shop,bank", "lint", "--namespace", "shop,bank", sound);
        assertMistake("--output is empty", "lint", "--output", "", sound);
        assertMistake("no-such", "lint", folder.resolve("no-such").toString());
        assertMistake("no-such", "graph", folder.resolve("no-such").toString());
        assertMistake("\\u001b", "lint", "--format", "\u001b[2J");
    }

    private static void assertMistake(String part, String... arguments) {
        Call call = sealane(arguments);
        assertEquals(2, call.code(), call.toString());
        assertEquals("", call.out());
        String[] lines = call.err().split("\n");
        assertEquals(2, lines.length, call.err());
        assertTrue(lines[0].startsWith("sealane: ") && lines[0].contains(part), call.err());
        String command = arguments.length > 1 || arguments.length == 1 && arguments[0].equals("explain")
                ? arguments[0] + " "
                : "";
        assertEquals("Try 'sealane " + command + "--help'.", lines[1]);
    }

    @Test
    void aBugSaysHowToReportIt() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        InputStream failing = new InputStream() {
            @Override
            public int read() {
                throw new IllegalStateException("made up \u001b");
            }
        };
        PrintStream out = new PrintStream(OutputStream.nullOutputStream());
        String[] arguments = {"lint", "-"};
        int code = Main.run(arguments, failing, out, new PrintStream(err), Map.of(), false, InstantSource.system());
        assertEquals(3, code);
        assertTrue(err.toString().startsWith("java.lang.IllegalStateException: made up \\u001b\n"), err.toString());
        assertTrue(err.toString().contains("\n    at dev.sealane."), err.toString());
        assertTrue(err.toString().contains("This is a bug of sealane "), err.toString());
    }

    @Test
    void noFileThatIsCutOffIsABug() {
        for (int length = 0; length <= BROKEN.length(); length++) {
            String cut = BROKEN.substring(0, length);
            Call call = Call.with(cut, Map.of(), false, "lint", "-", "-v");
            assertTrue(call.code() <= 1, call.toString());
            assertEquals("", call.err());
        }
    }

    @Test
    void aFullDiskIsNotSilent() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] arguments = {"rules"};
        int code = Main.run(
                arguments,
                InputStream.nullInputStream(),
                new PrintStream(full),
                new PrintStream(err),
                Map.of(),
                false,
                InstantSource.system());
        assertEquals(2, code);
        assertEquals("sealane: cannot write all of the output\n", err.toString());
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoMistake() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] arguments = {"lint", broken};
        PrintStream out = new PrintStream(new Main.Ended(closed), false);
        int code = Main.run(
                arguments,
                InputStream.nullInputStream(),
                out,
                new PrintStream(err),
                Map.of(),
                false,
                InstantSource.system());
        assertEquals(1, code);
        assertEquals("", err.toString());
    }

    @Test
    void version() {
        Call call = sealane("--version");
        assertEquals(0, call.code());
        assertTrue(Pattern.matches("sealane \\d+\\.\\d+\\.\\d+\n", call.out()), call.out());
        assertEquals(call, sealane("-V"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lint", "rules", "explain", "graph", "completion"})
    void helpHasExamplesAndFitsTheScreen(String command) {
        Call call = command.isEmpty() ? sealane("--help") : sealane(command, "--help");
        assertEquals(0, call.code());
        assertEquals("", call.err());
        assertTrue(call.out().contains("\nExamples:\n  "), call.out());
        assertTrue(call.out().lines().allMatch(line -> line.length() <= 80), call.out());
    }

    @Test
    void rules() {
        int all = RuleSet.builtIn().rules().size();
        assertEquals(all + 1, sealane("rules").out().lines().count());
        String json = sealane("rules", "--format", "json").out();
        assertEquals(all, json.split("\"id\": ", -1).length - 1);
        String markdown = sealane("rules", "--format", "markdown").out();
        assertTrue(markdown.contains("| SVC001 | [service-selects-no-pod](service-selects-no-pod.md) | error |"));
    }

    @Test
    void explainPrintsThePageOfEveryRule() throws IOException {
        for (var rule : RuleSet.builtIn().rules()) {
            String page = Files.readString(Path.of("docs/rules/" + rule.slug() + ".md"));
            assertEquals(new Call(0, page, ""), sealane("explain", rule.id()));
        }
        assertEquals(sealane("explain", "SVC001"), sealane("explain", "service-selects-no-pod"));
        assertEquals(sealane("explain", "SVC001"), sealane("explain", "svc001"));
    }

    @Test
    void graphs() throws IOException {
        Call dot = sealane("graph", sound);
        assertEquals(0, dot.code());
        assertTrue(dot.out().contains("\"Service default/web\" -> \"apps/Deployment default/web\""), dot.out());
        assertTrue(sealane("graph", "--format", "graphml", sound).out().contains("<graphml "));
        assertTrue(sealane("graph", "--format", "json", sound).out().startsWith("{\"creator\""));
        assertTrue(Call.with(SOUND, Map.of(), false, "graph", "-", "-n", "shop")
                .out()
                .contains("\"Service shop/web\""));
        Call cut = Call.with(SOUND + "---\na: b: c\n", Map.of(), false, "graph", "-");
        assertEquals(0, cut.code());
        assertEquals(dot.out(), cut.out());
        assertTrue(cut.err().startsWith("stdin:") && cut.err().endsWith(" [SYN001]\n"), cut.err());
        Path file = folder.resolve("graph.dot");
        assertEquals(new Call(0, "", ""), sealane("graph", sound, "-o", file.toString()));
        assertEquals(dot.out(), Files.readString(file));
    }

    @Test
    void completionKnowsCommandsOptionsAndRules() {
        Call call = sealane("completion");
        assertEquals(0, call.code());
        assertTrue(call.out().startsWith("#!/usr/bin/env bash\n"));
        for (String word : new String[] {"--fail-on", "graphml", "explain", "service-selects-no-pod", "SVC001"}) {
            assertTrue(call.out().contains(word), word);
        }
    }

    private String file(String name, String text) {
        Path file = folder.resolve(name);
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toString();
    }

    @Test
    void progressIsShownAndTakenAway() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        byte[] text = "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n".getBytes(StandardCharsets.UTF_8);
        for (Duration after : List.of(Duration.ofMillis(1), Duration.ofMinutes(1))) {
            err.reset();
            InputStream slow = new FilterInputStream(new ByteArrayInputStream(text)) {
                @Override
                public int read(byte[] into, int from, int length) throws IOException {
                    try {
                        Thread.sleep(150);
                    } catch (InterruptedException stopped) {
                        throw new IllegalStateException(stopped);
                    }
                    return super.read(into, from, length);
                }
            };
            Streams streams = new Streams(
                    slow,
                    new PrintStream(new ByteArrayOutputStream()),
                    new PrintStream(err, false, StandardCharsets.UTF_8),
                    false,
                    InstantSource.system(),
                    Map.of(),
                    after);
            assertEquals(0, Main.run(new String[] {"lint", "-"}, streams));
            String shown = err.toString(StandardCharsets.UTF_8);
            assertEquals(after.toMillis() == 1, shown.contains("reading: 0 MB, 0 objects"), shown);
            assertTrue(shown.endsWith("\r\u001b[K"), shown);
        }
    }

    @Test
    void limitsLayoutAndContext() {
        String bomb = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\na: &a [" + "x, ".repeat(999)
                + "x]\nb: &b [" + "*a, ".repeat(99) + "*a]\nc: [" + "*b, ".repeat(10) + "*b]\n";
        assertTrue(Call.with(bomb, Map.of(), false, "lint", "-").out().contains("SYN007"));
        assertFalse(Call.with(bomb, Map.of(), false, "lint", "--limits", "2", "-")
                .out()
                .contains("SYN007"));
        assertMistake("--limits is a whole number from 1 on, not 0", "lint", "--limits", "0", "fixtures/clusters/shop");
        assertMistake(
                "--input-format is one of sealane-capture, kubectl-gather, must-gather,",
                "lint",
                "--input-format",
                "zip",
                "README.md");
        assertMistake(
                "fixtures/clusters/shop has not the files of must-gather",
                "lint",
                "--input-format",
                "must-gather",
                "fixtures/clusters/shop");
        assertMistake("no cluster b: the input is of one cluster", "lint", "--context", "b", "fixtures/clusters/shop");
    }
}
