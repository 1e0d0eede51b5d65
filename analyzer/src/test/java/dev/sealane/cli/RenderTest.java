package dev.sealane.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --helm} and {@code --kustomize}, with scripts in the place of the two programs. */
class RenderTest {
    private static final String TEMPLATE = """
            {{- if .Values.enabled }}
            apiVersion: v1
            kind: Service
            metadata:
              name: {{ .Release.Name }}-web
              labels:
                {{- include "shop.labels" . | nindent 4 }}
            spec:
              type: {{ .Values.type }}
              selector:
                app: {{ .Values.app }}
              ports:
                - port: 80
            {{- end }}
            """;

    private static final String RENDERED = """
            ---
            # Source: shop/templates/service.yaml
            apiVersion: v1
            kind: Service
            metadata:
              name: prod-web
              labels:
                a: b
                c: d
            spec:
              type: ClusterIP
              selector:
                app: wbe
              ports:
                - port: 80
            ---
            # Source: shop/charts/redis/templates/deployment.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
            spec:
              selector: {matchLabels: {app: web}}
              template: {metadata: {labels: {app: web}}, spec: {containers: []}}
            """;

    @TempDir
    private Path folder;

    private Path chart;

    private String file(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program that notes its arguments and prints a text. */
    private Map<String, String> program(String name, String prints) throws IOException {
        file("out", prints);
        return script(name, "for a; do echo \"$a\"; done > " + folder + "/arguments; cat " + folder + "/out");
    }

    private Map<String, String> script(String name, String body) throws IOException {
        Path program = Path.of(file("bin/" + name, "#!/bin/sh\n" + body + "\n"));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Map.of("PATH", program.getParent() + ":/usr/bin:/bin");
    }

    private void chart() {
        file("shop/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 0.1.0\n");
        file("shop/templates/service.yaml", TEMPLATE);
        chart = folder.resolve("shop");
    }

    private Call lint(Map<String, String> environment, String... arguments) {
        return Call.with(
                "",
                environment,
                false,
                Stream.concat(Stream.of("lint"), Stream.of(arguments)).toArray(String[]::new));
    }

    private String mistake(Map<String, String> environment, String... arguments) {
        Call call = lint(environment, arguments);
        assertEquals(2, call.code(), call.out());
        assertEquals(2, call.err().lines().count(), call.err());
        return call.err().lines().findFirst().orElseThrow().replace(folder + "/", "");
    }

    @Test
    void aFindingIsShownInTheTemplate() throws IOException {
        chart();
        Call call = lint(program("helm", RENDERED), "--helm", chart.toString());
        assertEquals("", call.err());
        String expected = """
                  --> CHART/templates/service.yaml:10:3  Service default/prod-web
                    |
                 10 |   selector:
                    |   ^^^^^^^^^
                 11 |     app: {{ .Values.app }}
                """.replace("CHART", chart.toString());
        assertTrue(call.out().contains(expected), call.out());
        assertTrue(call.out().contains("selector app=wbe matches no pod"), call.out());
        // Of the packaged chart inside there is no template to show, only what was rendered.
        assertTrue(call.out().contains("helm:" + chart + ":24:"), call.out());
        assertEquals(1, call.code());
    }

    /** Also the place that a finding rests on. */
    @Test
    void aKeyThatIsThereTwice() throws IOException {
        file("shop/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 0.1.0\n");
        String template = """
                {{- if .Values.enabled }}
                apiVersion: v1
                kind: Service
                metadata:
                  labels:
                    app: {{ .Values.app }}
                  name: web
                  labels:
                    tier: front
                {{- end }}
                """;
        file("shop/templates/service.yaml", template);
        chart = folder.resolve("shop");
        String rendered = template.lines()
                .filter(line -> !line.startsWith("{{"))
                .map(line -> line.replace("{{ .Values.app }}", "web") + "\n")
                .collect(Collectors.joining());
        Call call = lint(
                program("helm", "---\n# Source: shop/templates/service.yaml\n" + rendered),
                "--helm",
                chart.toString(),
                "--only",
                "SYN002");
        assertTrue(call.out().contains("templates/service.yaml:8:3"), call.out());
        assertTrue(call.out().contains("templates/service.yaml:5:3: here first"), call.out());
        assertFalse(call.out().contains("line "), call.out());
    }

    @Test
    void helmGetsWhatTheUserGave() throws IOException {
        chart();
        String values = file("my values.yaml", "a: b\n");
        lint(
                program("helm", RENDERED),
                "--helm",
                chart.toString(),
                "--values",
                values,
                "--set",
                "a=1,b=2",
                "--set",
                "c=$HOME",
                "--release",
                "prod",
                "-n",
                "shop");
        assertEquals(
                List.of(
                        "template",
                        "--namespace=shop",
                        "--values=" + values,
                        "--set=a=1,b=2",
                        "--set=c=$HOME",
                        "--",
                        "prod",
                        chart.toString()),
                Files.readAllLines(folder.resolve("arguments")));
        lint(program("helm", RENDERED), "--helm", "rules");
        assertEquals(
                List.of("template", "--namespace=default", "--", "./rules"),
                Files.readAllLines(folder.resolve("arguments")),
                "never the name of a repository");
    }

    @Test
    void manifestsBesideAChartAreReadAsWell() throws IOException {
        chart();
        String more = file("more.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {}\n");
        Call call = lint(program("helm", RENDERED), "--helm", chart.toString(), more);
        assertTrue(call.out().contains("Checked 3 objects of 2 files"), call.out());
        Call alone = lint(program("helm", RENDERED), "--helm", chart.toString());
        assertTrue(alone.out().contains("Checked 2 objects of 1 file "), "not this folder: " + alone.out());
    }

    /** A chart's values are often what a Secret holds. */
    @Test
    void noLineOfASecretIsShown() throws IOException {
        chart();
        String secret = """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: s
                  labels: [{{ .Values.password }}]
                """;
        file("shop/templates/secret.yaml", secret);
        Call call = lint(
                program(
                        "helm",
                        "---\n# Source: shop/templates/secret.yaml\n"
                                + secret.replace("{{ .Values.password }}", "hunter2")),
                "--helm",
                chart.toString());
        assertTrue(call.out().contains("SYN006"), call.out());
        assertTrue(call.out().contains("templates/secret.yaml:5:"), call.out());
        assertFalse(call.out().contains("hunter2") || call.out().contains("password"), call.out());
    }

    @Test
    void brokenOutputIsLocatedInTheTemplateToo() throws IOException {
        chart();
        String broken = RENDERED.replace("  type: ClusterIP", "  type: ClusterIP: x");
        Call call = lint(program("helm", broken), "--helm", chart.toString(), "--format", "line");
        assertTrue(
                call.out()
                        .lines()
                        .anyMatch(line ->
                                line.startsWith(chart + "/templates/service.yaml:9:") && line.endsWith("[SYN001]")),
                call.out());
    }

    @Test
    void aSourceOutsideOfTheChartIsNotRead() throws IOException {
        chart();
        file("outside.yaml", RENDERED);
        String escaping = RENDERED.replace("shop/templates/service.yaml", "shop/../outside.yaml");
        Call call = lint(program("helm", escaping), "--helm", chart.toString());
        assertFalse(call.out().contains("outside.yaml"), call.out());
        assertTrue(call.out().contains("helm:" + chart), call.out());
    }

    @Test
    void mistakesOfHelm() throws IOException {
        chart();
        Map<String, String> failing = script(
                "helm",
                "printf 'Error: no \\033[31mgo\\n\\nUse --debug flag to render out invalid YAML\\n' >&2; exit 1");
        assertEquals(
                "sealane: helm template failed with exit code 1: Error: no \\u001b[31mgo",
                mistake(failing, "--helm", chart.toString()));
        assertEquals(
                "sealane: --helm needs helm, and there is none on the PATH",
                mistake(Map.of("PATH", "/nowhere"), "--helm", chart.toString()));
        assertEquals("sealane: no such chart: none", mistake(failing, "--helm", folder + "/none"));
        assertEquals("sealane: no such chart: the path is empty", mistake(failing, "--helm", ""));
        assertEquals(
                "sealane: no such chart: oci://example.com/shop", mistake(failing, "--helm", "oci://example.com/shop"));
        for (String values : List.of("-", "https://example.com/values.yaml")) {
            assertEquals(
                    "sealane: no such values file: " + values,
                    mistake(failing, "--helm", chart.toString(), "--values", values));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--values=x", "--set=a=b", "--release=x"})
    void optionsOfHelmAreOfUseWithItOnly(String option) {
        assertEquals(
                "sealane: " + option.substring(0, option.indexOf('=')) + " is of use with --helm only",
                mistake(Map.of(), option));
    }

    @Test
    void graphReadsThemToo() throws IOException {
        chart();
        Call call = Call.with("", program("helm", RENDERED), false, "graph", "--helm", chart.toString());
        assertTrue(call.out().contains("\"Service default/prod-web\""), call.out());
    }

    private static final String BASE = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
            spec:
              template:
                metadata:
                  labels:
                    app: web
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: web
            spec:
              ports:
                - port: 80
              selector:
                app: wbe
            """;

    private static final String BUILT = """
            apiVersion: v1
            kind: Service
            metadata:
              labels:
                team: shop
              name: prod-web
              namespace: prod
            spec:
              ports:
              - port: 80
              selector:
                app: wbe
                team: shop
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              labels:
                team: shop
              name: prod-web
              namespace: prod
            spec:
              template:
                metadata:
                  labels:
                    app: web
                    team: shop
            """;

    private String overlay(String resources) {
        file("base/kustomization.yaml", "resources:\n- all.yaml\n");
        file("base/all.yaml", BASE);
        file("prod/kustomization.yaml", "namePrefix: prod-\nnamespace: prod\nresources:\n- " + resources + "\n");
        return folder.resolve("prod").toString();
    }

    @Test
    void aFindingIsShownInTheResource() throws IOException {
        String prod = overlay("../base");
        Call call = lint(program("kustomize", BUILT), "--kustomize", prod);
        assertEquals("", call.err());
        String expected = """
                  --> BASE/all.yaml:18:3  Service prod/prod-web
                    |
                 18 |   selector:
                    |   ^^^^^^^^^
                 19 |     app: wbe
                """.replace("BASE", folder.resolve("base").toString());
        assertTrue(call.out().contains(expected), call.out());
        assertTrue(call.out().contains(folder.resolve("base") + "/all.yaml:9:14: the labels"), call.out());
        assertEquals(List.of("build", "--", prod), Files.readAllLines(folder.resolve("arguments")));
    }

    /** Two of the same name and kind: only the annotation can tell. */
    @Test
    void originAnnotationsTellTheFile() throws IOException {
        String prod = overlay("../base\n- ../other");
        file("other/kustomization.yaml", "resources:\n- all.yaml\n");
        file("other/all.yaml", "# moved down\n\n" + BASE);
        Call unsure = lint(program("kustomize", BUILT), "--kustomize", prod, "--format", "line");
        assertTrue(unsure.out().startsWith("kustomize:" + prod + ":11:3: "), unsure.out());
        String annotated = BUILT.replaceAll(
                "(?m)^metadata:\n",
                "metadata:\n  annotations:\n    config.kubernetes.io/origin: |\n      path: ../other/all.yaml\n");
        Call sure = lint(program("kustomize", annotated), "--kustomize", prod, "--format", "line");
        assertTrue(sure.out().startsWith(folder + "/other/all.yaml:20:3: "), sure.out());
    }

    @Test
    void kubectlHasKustomizeBuiltIn() throws IOException {
        String prod = overlay("../base");
        Map<String, String> environment = program("kubectl", BUILT);
        Map<String, String> only = Map.of("PATH", environment.get("PATH").replace(":/usr/bin:/bin", ":/bin"));
        lint(only, "--kustomize", prod);
        assertEquals(List.of("kustomize", "--", prod), Files.readAllLines(folder.resolve("arguments")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/all.yaml",
                "github.com/example/shop//base",
                "git@example.com:shop.git",
                "git::https://example.com/shop",
                "../base?ref=main",
            })
    void nothingIsDownloadedForKustomize(String resource) throws IOException {
        String prod = overlay(resource);
        assertEquals(
                "sealane: prod/kustomization.yaml names " + resource + ", which kustomize would download",
                mistake(program("kustomize", BUILT), "--kustomize", prod));
        assertFalse(Files.exists(folder.resolve("arguments")));
    }

    @Test
    void mistakesOfKustomize() throws IOException {
        Map<String, String> environment = program("kustomize", BUILT);
        String prod = overlay("../base");
        file("base/kustomization.yaml", "patches:\n- path: https://example.com/p.yaml\n");
        assertEquals(
                "sealane: base/kustomization.yaml names https://example.com/p.yaml, which kustomize would download",
                mistake(environment, "--kustomize", prod));
        file("base/kustomization.yaml", "configMapGenerator:\n- name: c\n  files: [a=http://example.com/a]\n");
        assertEquals(
                "sealane: base/kustomization.yaml names http://example.com/a, which kustomize would download",
                mistake(environment, "--kustomize", prod));
        file("base/kustomization.yaml", "resources: [example.com/shop]\n");
        assertEquals(
                "sealane: base/kustomization.yaml names example.com/shop, which is not there;"
                        + " kustomize would look for it elsewhere",
                mistake(environment, "--kustomize", prod));
        file("base/kustomization.yaml", "resources: [\n");
        assertEquals(
                "sealane: base/kustomization.yaml cannot be read: it is not valid YAML, or not UTF-8",
                mistake(environment, "--kustomize", prod));
        assertEquals(
                "sealane: there is no kustomization.yaml in bin", mistake(environment, "--kustomize", folder + "/bin"));
        assertEquals("sealane: no such folder: none", mistake(environment, "--kustomize", folder + "/none"));
        file("base/kustomization.yaml", "commonAnnotations: {docs: https://example.com}\nresources: [all.yaml]\n");
        assertEquals(
                "sealane: --kustomize needs kustomize or kubectl, and there is neither on the PATH",
                mistake(Map.of(), "--kustomize", prod));
    }
}
