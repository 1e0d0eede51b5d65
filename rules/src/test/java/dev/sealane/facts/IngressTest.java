package dev.sealane.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IngressTest {

    private static Ingress ingress(String className, Map<String, String> annotations) {
        return new Ingress(
                Samples.meta(Kind.INGRESS, "shop", "web", Labels.NONE, annotations),
                className,
                null,
                List.of(),
                List.of());
    }

    @Test
    void classByField() {
        Ingress ingress = ingress("nginx", Map.of());
        assertEquals("nginx", ingress.className());
        assertFalse(ingress.classless());
        assertEquals("spec.ingressClassName", ingress.classPlace().path());
        assertSame(ingress, ingress.classPlace().resource());
    }

    @Test
    void classByAnnotation() {
        Ingress ingress = ingress("", Map.of("kubernetes.io/ingress.class", "traefik"));
        assertEquals("traefik", ingress.className());
        assertFalse(ingress.classless());
        assertEquals(
                "metadata.annotations[\"kubernetes.io/ingress.class\"]",
                ingress.classPlace().path());
    }

    @Test
    void theFieldWins() {
        Ingress ingress = ingress("nginx", Map.of("kubernetes.io/ingress.class", "traefik"));
        assertEquals("nginx", ingress.className());
        assertEquals("spec.ingressClassName", ingress.classPlace().path());
    }

    @Test
    void classless() {
        Ingress ingress = ingress("", Map.of());
        assertEquals("", ingress.className());
        assertTrue(ingress.classless());
        assertEquals("spec.ingressClassName", ingress.classPlace().path());
    }

    @Test
    void theDefaultClass() {
        assertTrue(ingressClass(Map.of("ingressclass.kubernetes.io/is-default-class", "true"))
                .isDefault());
        assertFalse(ingressClass(Map.of()).isDefault());
    }

    @Test
    void thePlaceThatMakesAClassTheDefault() {
        assertEquals(
                "metadata.annotations[\"ingressclass.kubernetes.io/is-default-class\"]",
                ingressClass(Map.of()).defaultPlace().path());
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example, /cart, shop.example/cart",
        "shop.example, '',    shop.example/",
        "'',           /cart, */cart",
        "'',           '',    */",
    })
    void claims(String host, String path, String claim) {
        Place place = ingress("nginx", Map.of()).at("spec.rules[0]");
        assertEquals(claim, new IngressPath(place, 0, "", host, path).claim());
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "", "True", "yes", "1"})
    void noOtherWordMakesAClassTheDefault(String value) {
        assertFalse(ingressClass(Map.of("ingressclass.kubernetes.io/is-default-class", value))
                .isDefault());
    }

    private static IngressClass ingressClass(Map<String, String> annotations) {
        return new IngressClass(
                Samples.meta(Kind.INGRESS_CLASS, "", "nginx", Labels.NONE, annotations), "k8s.io/ingress-nginx");
    }
}
