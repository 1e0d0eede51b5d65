package dev.sealane.redact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    private final Words words = new Words(Key.of("test"));

    @Test
    void partsHaveTheSameStandInEverywhere() {
        String web = words.text("storefront");
        String shop = words.text("globex");
        assertTrue(web.matches("[a-z][a-z2-7]{6}"), web);
        assertEquals(
                web + "." + shop + ".svc.cluster.local:8080", words.text("storefront.globex.svc.cluster.local:8080"));
        assertEquals(
                "https://" + web + "." + shop + ".com/" + web + "?x".replace("x", words.text("x")),
                words.text("https://storefront.globex.com/storefront?x"));
        assertTrue(words.text("storefront-7c9d4b-x2x4z").startsWith(web + "-"));
        assertEquals(web + "-0", words.text("storefront-0"));
        assertEquals(
                web.toUpperCase() + "_SERVICE_HOST".replace("HOST", words.text("HOST")),
                words.text("STOREFRONT_SERVICE_HOST"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kube-system",
                "k8s-app=kube-dns",
                "app.kubernetes.io/name",
                "topology.kubernetes.io/zone",
                "ingress-nginx",
                "nginx",
                "calico-node",
                "v1beta1",
                "128Mi",
                "8080",
                "2026-01-02T03:04:05Z",
                "--run-firewall=false",
                "",
                "*"
            })
    void saysNothingAboutAnybody(String text) {
        assertEquals(text, words.text(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456789012",
                "6f1c6d0e-1111-4222-8333-0123456789ab",
                "0a:1b:2c:3d:4e:5f",
                "ip-10-1-2-3.internal",
                "0123456789abcdef0123456789abcdef",
                "10.1.2.3",
                "10.1.2.3:80",
                "[fd00:1::2]:80",
                "ünïcode",
                "Zürich",
                "a"
            })
    void isReplaced(String text) {
        String replaced = words.text(text);
        assertNotEquals(text, replaced);
        assertEquals(replaced, words.text(text));
        assertEquals(replaced, new Words(Key.of("test")).text(text), "the same key");
        assertNotEquals(replaced, new Words(Key.of("other")).text(text), "another key");
    }

    @Test
    void addressesInTexts() {
        String address = words.text("10.1.2.3");
        assertEquals("http://" + address + ":8080/", words.text("http://10.1.2.3:8080/"));
        assertEquals("ip-" + address.replace('.', '-'), words.text("ip-10-1-2-3"));
        assertEquals(words.text("fd00:1::2"), words.text("[fd00:1::2]:80").replaceAll("^\\[|]:80$", ""));
        assertTrue(words.text("from 10.1.2.0/24.").endsWith(".0/24."), words.text("from 10.1.2.0/24."));
        assertEquals("x::y".length() + 12, words.text("x::y").length(), "no address, but two words");
    }

    @Test
    void aSlipOfThePenStaysOne() {
        words.label("checkout");
        words.label("chekout");
        words.label("inventory");
        assertTrue(difference("checkout", "chekout") == 1);
        assertTrue(difference("checkout", "inventory") > 2);
    }

    private int difference(String one, String other) {
        String a = words.text(one);
        String b = words.text(other);
        int difference = 0;
        for (int i = 0; i < a.length(); i++) {
            difference += a.charAt(i) == b.charAt(i) ? 0 : 1;
        }
        return difference;
    }

    @Test
    void shortNumbersMayBeSecrets() {
        assertEquals("8080", words.text("8080"));
        assertFalse(words.secretive("12345").equals("12345"));
        assertTrue(words.secretive("db:5432").endsWith(":5432"));
    }
}
