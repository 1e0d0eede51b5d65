package dev.sealane.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceCommandTest {
    private static final String SHOP = "docs/examples/shop.yaml";

    @Test
    void exitCodes() {
        assertEquals(
                1, Call.sealane("trace", "-i", SHOP, "shop/web", "shop/api").code());
        assertEquals(
                0,
                Call.sealane("trace", "-i", SHOP, "shop/web", "shop/deployment/api:80")
                        .code());
        assertEquals(4, Call.sealane("trace", "-i", SHOP, "shop/web", "dns").code());
    }

    @Test
    void theVerdictComesFirst() {
        Call call = Call.sealane("trace", "-i", SHOP, "shop/web", "shop/api");
        assertTrue(call.out().startsWith("unreachable: shop/web -> shop/api\n"), call.out());
        assertTrue(call.out().contains("[docs/examples/shop.yaml:62]"), call.out());
        assertEquals("", call.err());
    }

    @Test
    void mistakes() {
        Call one = Call.sealane("trace", "-i", SHOP, "shop/web");
        assertEquals(2, one.code());
        assertTrue(one.err().startsWith("sealane: a trace has two ends"), one.err());
        Call nothing = Call.sealane("trace", "-i", SHOP, "shop/wbe", "shop/api");
        assertEquals(2, nothing.code());
        assertTrue(nothing.err().contains("shop/web"), nothing.err());
        assertEquals("", nothing.out());
        assertEquals(
                2, Call.sealane("trace", "-i", SHOP, "--from-file", "none.txt").code());
        Call words = Call.with("shop/web\n", Map.of(), false, "trace", "-i", SHOP, "--from-file", "-");
        assertEquals(2, words.code());
        assertTrue(words.err().startsWith("sealane: -:1: two words are needed"), words.err());
    }

    @Test
    void pairsOfAFile(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(folder.resolve("pairs"), "shop/web shop/deployment/api:80\n\n# no\nshop/web dns\n");
        Call call = Call.sealane("trace", "-i", SHOP, "--from-file", file.toString());
        assertEquals(4, call.code());
        assertTrue(
                call.out().startsWith("reachable: ") && call.out().contains("\nunknown: shop/web -> dns\n"),
                call.out());
    }

    @Test
    void namesInADiagramAreNoMarkup(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("pods.yaml");
        Files.writeString(
                file,
                "apiVersion: v1\nkind: Service\nmetadata: {name: 'a\"]<b>\\u001b', namespace: shop}\n"
                        + "spec: {type: ExternalName, externalName: \"x\\\"]<img>\\e[31m.example\"}\n"
                        + "---\napiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec: {containers: [{name: a}]}\n");
        for (String format : new String[] {"mermaid", "text", "json"}) {
            Call call =
                    Call.sealane("trace", "-i", file.toString(), "--format", format, "shop/web", "shop/a\"]<b>\\u001b");
            assertFalse(call.out().contains("\u001b"), call.out());
            assertFalse(format.equals("mermaid") && call.out().contains("<img>"), call.out());
        }
    }
}
