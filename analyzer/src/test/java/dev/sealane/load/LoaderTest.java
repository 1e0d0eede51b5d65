package dev.sealane.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Coverage.State;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Location;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoaderTest {
    @TempDir
    Path folder;

    private String root;

    @BeforeEach
    void root() {
        root = folder.toString();
    }

    private static String service(String name) {
        return "apiVersion: v1\nkind: Service\nmetadata:\n  name: " + name + "\n";
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }

    private static String captured(String name, String namespace, String resourceVersion) {
        return """
                - apiVersion: v1
                  kind: Service
                  metadata:
                    name: %s
                    namespace: %s
                    resourceVersion: "%s"
                    uid: 0-%s
                """.formatted(name, namespace, resourceVersion, name);
    }

    @Test
    void foldersAreReadByName() throws IOException {
        write("b.yaml", service("b"));
        write("a/2.YML", service("a2"));
        write("a/1.json", "{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"a1\"}}");
        write("a/notes.txt", "text");
        write(".hidden/x.yaml", service("hidden"));
        write("a/.x.yaml", service("hidden"));
        write("node_modules/x.yaml", service("module"));
        Loaded loaded = Loaded.paths(root + "/");
        assertEquals(List.of("Service/a1", "Service/a2", "Service/b"), loaded.names());
        assertEquals(
                List.of(root + "/a/1.json", root + "/a/2.YML", root + "/b.yaml"),
                loaded.input().resources().stream()
                        .map(resource -> resource.meta().origin().file())
                        .toList());
        assertEquals(3, loaded.input().files());
        assertEquals(List.of(), loaded.input().skipped());
    }

    @Test
    void severalPathsInTheirOrderEachOnce() throws IOException {
        write("b.txt", service("b"));
        write("dir/a.yaml", service("a"));
        Loaded loaded = Loaded.paths(root + "/b.txt", root + "/dir", root + "/dir/a.yaml", root + "/b.txt");
        assertEquals(List.of("Service/b", "Service/a"), loaded.names());
        assertEquals(2, loaded.input().files());
        assertEquals(List.of(), loaded.findings());
    }

    @Test
    void aMissingPathIsTheUsersMistake() {
        UsageError error = assertThrows(UsageError.class, () -> Loaded.paths(root, root + "/nowhere"));
        assertEquals("no such file or folder: " + root + "/nowhere", error.getMessage());
        assertThrows(UsageError.class, () -> Loaded.paths("\0"));
        error = assertThrows(UsageError.class, () -> Loaded.paths(""));
        assertEquals("no such file or folder: the path is empty", error.getMessage());
    }

    @Test
    void aFolderWithoutManifestsIsSaid() throws IOException {
        write("empty/notes.txt", "text");
        UsageError error = assertThrows(UsageError.class, () -> Loaded.paths(root + "/empty"));
        assertEquals("nothing to read: no .yaml, .yml or .json file in " + root + "/empty", error.getMessage());
        write("full/below/a.yaml", service("a"));
        Loaded loaded = Loaded.paths(root + "/full/below/a.yaml", root + "/empty", root + "/full");
        assertEquals(List.of("Service/a"), loaded.names());
        assertEquals(
                List.of(new Skipped(root + "/empty", 0, "a folder without .yaml, .yml or .json files")),
                loaded.input().skipped());
    }

    @Test
    void whatCannotBeReadIsAFinding() throws IOException {
        write("a.yaml", service("a"));
        Files.createSymbolicLink(folder.resolve("dangling.yaml"), Path.of("nowhere"));
        write("folder.yaml/inside.yaml", service("inside"));
        Loaded loaded = Loaded.paths(root);
        assertEquals(List.of("Service/a", "Service/inside"), loaded.names());
        assertEquals(
                List.of("1:1-1:1 SYN001 cannot be read: there is no such file, or it is a link to nothing"),
                loaded.findings());
        assertEquals(
                new Location(root + "/dangling.yaml", 1, 1, 1, 1),
                loaded.input().findings().getFirst().place().location());
        assertEquals(2, loaded.input().files());
    }

    @Test
    void linksAreFollowedOnce() throws IOException {
        write("a/x.yaml", service("x"));
        Files.createSymbolicLink(folder.resolve("a/loop"), Path.of(".."));
        Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
        Files.createSymbolicLink(folder.resolve("c.yaml"), Path.of("a/x.yaml"));
        Loaded loaded = Loaded.paths(root);
        assertEquals(List.of("Service/x"), loaded.names());
        assertEquals(
                List.of(
                        new Skipped(root + "/a/loop/", 0, "a link to a folder that is read already"),
                        new Skipped(root + "/b/", 0, "a link to a folder that is read already"),
                        new Skipped(root + "/c.yaml", 0, "a link to a file that is read already")),
                loaded.input().skipped());
    }

    @Test
    void standardInputHasItsName() {
        Loaded loaded = Loaded.bytes(service("x").getBytes(StandardCharsets.UTF_8), "editor/web.yaml");
        assertEquals(
                "editor/web.yaml:4",
                loaded.locations()
                        .of(loaded.input().resources().getFirst().at("metadata.name"))
                        .toString());
    }

    @Test
    void standardInputTakesThePlaceOfItsFile() throws IOException {
        write("web.yaml", service("old"));
        write("api.yaml", service("api"));
        byte[] edited = service("new").getBytes(StandardCharsets.UTF_8);
        Loader loader = new Loader("default", new ByteArrayInputStream(edited), root + "/web.yaml");
        Loaded loaded = new Loaded(loader.load(List.of("-", root)), loader.locations());
        assertEquals(List.of("Service/new", "Service/api"), loaded.names());
        assertEquals(List.of("  name: new"), loaded.locations().lines(root + "/web.yaml", 4, 4));
    }

    @Test
    void encodings() {
        String text = "# é 😀\n" + service("web").replace("web", "\"wéb\"");
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            for (String mark : List.of("", "\uFEFF")) {
                if (mark.isEmpty() && charset != StandardCharsets.UTF_8) {
                    text = text.substring(text.indexOf("api"));
                }
                Loaded loaded = Loaded.bytes((mark + text).getBytes(charset), "stdin");
                assertEquals(List.of("Service/wéb"), loaded.names(), charset + " " + mark.length());
                int line = text.startsWith("#") ? 5 : 4;
                assertEquals(
                        line + ":9-" + line + ":14",
                        Loaded.span(loaded.locations()
                                .of(loaded.input().resources().getFirst().at("metadata.name"))));
                assertEquals(List.of("kind: Service"), loaded.locations().lines("stdin", line - 2, line - 2));
            }
        }
    }

    @Test
    void utf32WithAMark() {
        byte[] bytes = ("\uFEFF" + service("wéb")).getBytes(StandardCharsets.UTF_32LE);
        assertEquals(List.of("Service/wéb"), Loaded.bytes(bytes, "stdin").names());
    }

    @Test
    void lineEnds() {
        for (String end : List.of("\n", "\r\n", "\r")) {
            Loaded loaded = Loaded.yaml((service("a") + "---\n" + service("b")).replace("\n", end));
            assertEquals(List.of("Service/a", "Service/b"), loaded.names());
            assertEquals(
                    "9:9-9:10",
                    Loaded.span(loaded.locations()
                            .of(loaded.input().resources().getLast().at("metadata.name"))));
        }
    }

    @Test
    void typedListsGiveTheirItemsAKind() {
        String items = "items:\n- metadata:\n    name: a\n- metadata:\n    name: b\n";
        assertEquals(
                List.of("Deployment/a", "Deployment/b"),
                Loaded.yaml("apiVersion: apps/v1\n" + items + "kind: DeploymentList\n")
                        .names());
        assertEquals(
                List.of("Deployment/a", "Deployment/b"),
                Loaded.json("{\"items\": [{\"metadata\": {\"name\": \"a\"}}, {\"metadata\": {\"name\": \"b\"}}],"
                                + " \"kind\": \"DeploymentList\", \"apiVersion\": \"apps/v1\"}")
                        .names());
    }

    @Test
    void aMixedListTellsNothingAboutItsItems() {
        String list =
                "apiVersion: v1\nkind: List\nitems:\n- kind: Service\n  metadata: {name: a}\n- metadata: {name: b}\n";
        assertEquals(
                List.of(
                        "4:3-4:16 SYN004 this is not a Kubernetes object: it has no apiVersion",
                        "6:3-6:22 SYN004 this is not a Kubernetes object: it has no kind"),
                Loaded.yaml(list).findings());
    }

    @Test
    void listsInLists() {
        String list = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: List\n  items:\n  - "
                + service("a").replace("\n", "\n    ") + "\n- " + service("b").replace("\n", "\n  ");
        assertEquals(List.of("Service/a", "Service/b"), Loaded.yaml(list).names());
    }

    @Test
    void bareArrays() {
        String object = "{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"%s\"}}";
        assertEquals(
                List.of("Service/a", "Service/b"),
                Loaded.json("[" + object.formatted("a") + ",\n" + object.formatted("b") + "]")
                        .names());
        assertEquals(
                List.of("Service/a"),
                Loaded.yaml("- " + service("a").replace("\n", "\n  ")).names());
    }

    @Test
    void listsOfSomethingElseAreNotKubernetes() {
        Loaded loaded = Loaded.yaml("items:\n- name: a\n- name: b\n");
        assertEquals(List.of("1:1-1:7 SYN004 this is not a Kubernetes object: it has no kind"), loaded.findings());
    }

    @Test
    void aKindThatEndsInListIsAnObjectAllTheSame() {
        Loaded loaded = Loaded.yaml("apiVersion: example.com/v1\nkind: AllowList\nmetadata: {name: a}\n");
        assertEquals(List.of("AllowList/a"), loaded.names());
    }

    @Test
    void namespaces() {
        Loader loader = new Loader("shop", new ByteArrayInputStream("""
                apiVersion: v1
                kind: Service
                metadata: {name: a}
                ---
                apiVersion: v1
                kind: Node
                metadata: {name: b, namespace: nonsense}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: c, namespace: own}
                ---
                apiVersion: example.com/v1
                kind: ClusterThing
                metadata: {name: d, uid: x, resourceVersion: "1"}
                """.getBytes(StandardCharsets.UTF_8)), "-");
        assertEquals(
                List.of("Service shop/a", "Node b", "Service own/c", "ClusterThing d"),
                loader.load(List.of("-")).resources().stream()
                        .map(resource -> resource.ref().toString())
                        .toList());
    }

    @Test
    void listingsOfAnApiServer() {
        String head = "apiVersion: v1\nitems:\n";
        String tail = "kind: List\nmetadata:\n  resourceVersion: \"\"\n";
        String web = captured("web", "shop", "7");
        assertEquals(
                List.of(listing(Kind.SERVICE, Set.of("shop"), false, State.NONEMPTY, "")),
                Loaded.yaml(head + web + tail).input().listings());
        assertEquals(
                List.of(listing(Kind.SERVICE, Set.of("shop", "bank"), true, State.NONEMPTY, "")),
                Loaded.yaml(head + web + captured("web", "bank", "8") + tail)
                        .input()
                        .listings());
        assertEquals(
                List.of(),
                Loaded.yaml(head + "- " + service("a").replace("\n", "\n  ") + "\n" + tail)
                        .input()
                        .listings(),
                "written by hand");
        assertEquals(
                List.of(),
                Loaded.yaml(head.replace("items:", "items: []") + tail).input().listings(),
                "an empty List tells no kind");
        assertEquals(
                List.of(listing(Kind.DEPLOYMENT, Set.of(), false, State.PARTIAL, "metadata.continue")),
                Loaded.yaml("apiVersion: apps/v1\nkind: DeploymentList\nitems: []\nmetadata: {continue: x}\n")
                        .input()
                        .listings());
        assertEquals(
                List.of(listing(Kind.SERVICE, Set.of("shop"), false, State.PARTIAL, "not all of it could be read")),
                Loaded.yaml(head + web + "- null\n" + tail).input().listings(),
                "an item was lost");
    }

    private static Listing listing(
            Kind kind, Set<String> namespaces, boolean everyNamespace, State state, String reason) {
        return new Listing(Set.of(kind), namespaces, everyNamespace, state, "stdin", null, reason);
    }

    /** As kubectl prints a kind of which there is none, into the file that the "not checked" lines name. */
    @Test
    void anEmptyListIsOfTheClusterScopedKindThatItsFileIsNamedAfter() {
        String empty = "apiVersion: v1\nitems: []\nkind: List\nmetadata:\n  resourceVersion: \"\"\n";
        byte[] bytes = empty.getBytes(StandardCharsets.UTF_8);
        assertEquals(
                List.of(new Listing(
                        Set.of(Kind.INGRESS_CLASS),
                        Set.of(),
                        false,
                        State.EMPTY,
                        "dump/IngressClasses.yaml",
                        null,
                        "")),
                Loaded.bytes(bytes, "dump/IngressClasses.yaml").input().listings());
        assertEquals(
                List.of(new Listing(Set.of(Kind.NODE), Set.of(), false, State.EMPTY, "nodes", null, "")),
                Loaded.bytes(bytes, "nodes").input().listings());
        for (String other : List.of("services.yaml", "ingressclasses/x.yaml", "clusterroles.yaml", "stdin", ".yaml")) {
            assertEquals(List.of(), Loaded.bytes(bytes, other).input().listings(), other);
        }
    }

    @Test
    void ofCapturesTheNewestCounts() {
        String list = "apiVersion: v1\nkind: List\nitems:\n" + captured("web", "shop", "9")
                + captured("web", "shop", "10") + captured("web", "shop", "8");
        Loaded loaded = Loaded.yaml(
                service("web\n  namespace: shop") + "---\n" + list + "---\n" + service("web\n  namespace: shop"));
        assertEquals(List.of(), loaded.findings());
        assertEquals("10", loaded.only(dev.sealane.facts.Service.class).meta().resourceVersion());
    }

    @Test
    void jsonAndYamlOfOneObjectAreEqual() throws IOException {
        Loaded yaml = Loaded.fixture("aliases.yaml");
        Loaded json = Loaded.json("""
                {"apiVersion": "v1", "kind": "Service",
                 "metadata": {"name": "web", "labels": {"tier": "front", "app": "web"}},
                 "spec": {"selector": {"tier": "back", "app": "web"}, "ports": [
                   {"name": "http", "port": 80}, {"name": "alt", "port": 8080}]}}
                """);
        var one = yaml.only(dev.sealane.facts.Service.class);
        var other = json.only(dev.sealane.facts.Service.class);
        assertEquals(other.selector(), one.selector());
        assertEquals(other.ports(), one.ports());
        assertEquals(other.labels(), one.labels());
        assertEquals(other.ref(), one.ref());
        assertEquals(List.of(), yaml.findings());
    }

    @Test
    void yamlThatLooksLikeJson() {
        assertEquals(
                List.of("Service/a"),
                Loaded.yaml("{\"apiVersion\": v1, kind: Service, metadata: {name: a,},}")
                        .names());
        assertEquals(
                List.of("Service/a"),
                Loaded.yaml("{apiVersion: v1, kind: Service, metadata: {name: a}} # comment")
                        .names());
        assertTrue(Loaded.json("{apiVersion: v1}").findings().getFirst().contains("SYN001"));
    }

    @Test
    void managedFieldsAreLeftOut() {
        Loaded loaded = Loaded.yaml("""
                apiVersion: v1
                kind: Service
                metadata:
                  managedFields:
                  - manager: kubectl
                    fieldsV1: {f:metadata: {f:x: &x {a: b}}, f:metadata: {}}
                  name: web
                  labels: *x
                """);
        assertEquals(List.of(), loaded.findings());
        assertEquals("a=b", loaded.input().resources().getFirst().labels().toString());
    }

    @Test
    void aliasesOverTheCutsOfALongList() throws IOException {
        String first = captured("a", "shop", "1").replace("namespace: shop", "namespace: &ns shop");
        String other = captured("b", "shop", "1").replace("namespace: shop", "namespace: *ns");
        StringBuilder list = new StringBuilder("apiVersion: v1\nitems:\n" + first + other);
        for (int i = 0; list.length() < Cutter.LONG; i++) {
            list.append(captured("web-" + i, "shop", "1"));
        }
        list.append("kind: List\n");
        Loaded loaded = Loaded.yaml(list.toString());
        assertEquals(List.of(), loaded.findings());
        assertEquals("Service shop/b", loaded.input().resources().get(1).ref().toString());
        assertEquals(1, loaded.input().listings().size());
    }

    @Test
    void aChartIsSaidOnceToBeOneAndLeftOut() throws IOException {
        write("shop/Chart.yaml", "apiVersion: v2\nname: shop\n");
        write("shop/values.yaml", "port: 80\n");
        write("shop/templates/web.yaml", "kind: Service\nmetadata: {name: {{ .Release.Name }} }\n");
        write("shop/templates/plain.yaml", service("plain"));
        write("shop/templates/NOTES.txt", "{{ .Chart.Name }}\n");
        write("shop/charts/redis/Chart.yaml", "apiVersion: v2\nname: redis\n");
        write("web.yaml", service("plain"));
        Loaded loaded = Loaded.paths(folder.toString());
        assertEquals(1, loaded.input().resources().size());
        assertEquals(1, loaded.input().files());
        assertEquals(List.of("1 SYN008"), loaded.briefly());
        String chart = folder.toString().replace('\\', '/') + "/shop/";
        assertEquals(
                "this Helm chart was not rendered, so nothing of it was checked: sealane lint --helm " + chart,
                loaded.input().findings().getFirst().message().toString());
        assertEquals(
                List.of(
                        "Chart.yaml",
                        "charts/redis/Chart.yaml",
                        "templates/plain.yaml",
                        "templates/web.yaml",
                        "values.yaml"),
                loaded.input().skipped().stream()
                        .map(skipped -> skipped.file().substring(chart.length()))
                        .sorted()
                        .toList());
        assertEquals(
                "part of a Helm chart that was not rendered",
                loaded.input().skipped().getFirst().reason());
    }

    @Test
    void aFolderThatIsAChartHasSomethingToSay() throws IOException {
        write("Chart.yaml", "apiVersion: v2\nname: shop\n");
        assertEquals(List.of("1 SYN008"), Loaded.paths(folder.toString()).briefly());
    }

    /** Whoever names a file wants it read. */
    @Test
    void aTemplateThatIsNamedIsRead() throws IOException {
        write("Chart.yaml", "apiVersion: v2\nname: shop\n");
        write("templates/plain.yaml", service("plain"));
        Loaded loaded = Loaded.paths(folder.resolve("templates/plain.yaml").toString());
        assertEquals(1, loaded.input().resources().size());
        assertEquals(List.of(), loaded.briefly());
    }
}
