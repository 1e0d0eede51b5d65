package dev.sealane.redact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.load.Written;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RewriterTest {
    private final Words words = new Words(Key.of("test"));

    private String yaml(String text) throws Exception {
        String out = new Rewriter(words).rewrite(text, false, "");
        assertEquals(text.lines().count(), out.lines().count(), out);
        Written.yaml(out);
        return out;
    }

    @Test
    void everyFormKeepsItsLines() throws Exception {
        String expected = """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: "GLOBEX"
                  annotations:
                    GLOBEX.io/NOTE: |-
                      redacted
                        redacted

                    GLOBEX.io/FOLDED: "redacted\\
                      "
                spec: {hostname: GLOBEX, list: [GLOBEX, "GLOBEX"]}
                """;
        for (String word : List.of("globex", "note", "folded")) {
            expected = expected.replace(word.toUpperCase(Locale.ROOT), words.text(word));
        }
        assertEquals(expected, yaml("""
                apiVersion: v1 # of globex
                kind: Pod
                metadata:
                  name: 'globex'
                  annotations:
                    globex.io/note: |- # globex
                      globex
                        and more

                    globex.io/folded: globex
                      and more
                spec: {hostname: globex, list: [globex, "globex"]}
                """));
    }

    @Test
    void comments() throws Exception {
        assertEquals(
                "\nkey: \"#\"\n\nother:\n- 1\n",
                yaml("# globex\nkey: \"#\" # globex\n  # globex\nother: # globex\n- 1 # globex\n")
                        .replace(words.text("key"), "key")
                        .replace(words.text("other"), "other"));
    }

    @Test
    void valuesOfSecretsAreRemoved() throws Exception {
        String out = yaml("""
                apiVersion: v1
                kind: List
                items:
                - apiVersion: v1
                  data:
                    password: aHVudGVyMg==
                    pin: 1234
                    multi: |
                      aHVudGVy
                      Mg==
                  kind: Secret
                  metadata:
                    name: db
                  stringData: {token: 'hunter2'}
                """);
        assertFalse(
                out.contains("aHVudGVy") || out.contains("hunter2") || out.contains("Mg==") || out.contains("1234"),
                out);
        assertTrue(out.contains("kind: Secret"), out);
    }

    @Test
    void configuration() throws Exception {
        String out = yaml("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: coredns, namespace: kube-system}
                data:
                  Corefile: |
                    .:53 {
                        kubernetes cluster.local
                        forward . 10.9.8.7
                    }
                """);
        assertTrue(out.contains("        kubernetes cluster.local\n"), out);
        assertTrue(out.contains("        forward . " + words.text("10.9.8.7") + "\n"), out);
        out = yaml("{apiVersion: v1, kind: ConfigMap, metadata: {name: globex}, data: {globex: hunter2}}\n");
        assertTrue(out.contains(words.text("globex") + ": redacted}"), out);
    }

    @Test
    void keysOfCustomResourcesMayBeNames() throws Exception {
        String out = yaml("""
                apiVersion: globex.example/v1
                kind: GlobexThing
                metadata: {name: x}
                spec: {selector: {app: globex}, tenants: {initech: {port: 1}}}
                """);
        assertFalse(out.toLowerCase().contains("globex") || out.contains("initech"), out);
        assertTrue(out.contains("port: 1"), out);
    }

    @Test
    void anchorsKeepTheirMeaning() throws Exception {
        String out = yaml("a: &globex {name: globex}\nb: *globex\nc:\n  <<: *globex\n  d: &other globex\ne: *other\n");
        String globex = words.text("globex");
        assertTrue(out.contains("&" + globex + " {name: " + globex + "}"), out);
        assertEquals(3, out.split("\\*" + globex + "|\\*" + words.text("other"), -1).length - 1, out);
        assertTrue(out.contains("<<: *" + globex), out);
    }

    @Test
    void stringsStayStrings() throws Exception {
        String out = yaml("value: \"123456789\"\nother: 0123456789ab\nv6: fd00:1::/64\n");
        List<Written> root = Written.yaml(out).getFirst().children();
        assertTrue(root.get(1).string() && root.get(3).string() && root.get(5).string(), out);
        assertFalse(out.contains("123456789"), out);
    }

    @Test
    void json() throws Exception {
        String text =
                "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\n \"metadata\":{\"name\":\"zürich\",\"labels\":{\"a\\u0062c\":\"x\\ny\"}},\"n\":1.5e3}\n{}";
        String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        String out = new Rewriter(words).rewrite(bytes, true, "");
        assertEquals(
                "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\n \"metadata\":{\"name\":\"" + words.text("zürich")
                        + "\",\"labels\":{\"" + words.text("abc") + "\":\"" + words.text("x") + "\\n" + words.text("y")
                        + "\"}},\"n\":1.5e3}\n{}",
                out);
    }

    /** Of a long list each item is read by itself. */
    @Test
    void longLists() throws Exception {
        String item = "- metadata:\n    name: globex\n  data:\n    key: aHVudGVyMg==\n";
        String out = yaml("apiVersion: v1\nitems:\n" + item.repeat(3_000) + "kind: SecretList\n");
        assertTrue(out.length() > 100_000);
        assertFalse(out.contains("aHVudGVy"), "the kind of the items is known from the end");
        assertFalse(out.contains("globex"));
        assertTrue(out.endsWith("kind: SecretList\n"), out.substring(out.length() - 50));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: !globex b\n",
                "%TAG ! tag:globex,2000:\n---\na: b\n",
                "%YAML 1.2 # globex\n---\n!globex a: b\n",
                "a: !globex {b: c}\n"
            })
    void whatMayHideNamesIsNotWritten(String text) {
        assertThrows(Rewriter.NotCertain.class, () -> new Rewriter(words).rewrite(text, false, ""));
    }
}
