package dev.sealane.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TextTest {
    private static final Service WEB = Samples.service("ClusterIP", Selector.EVERYTHING);

    private static String render(Text text) {
        return text.render(place -> "deploy.yaml:9");
    }

    @Test
    void argumentsTakeTheirPlaces() {
        assertEquals("a is 1 in Service shop/web", render(Text.of("%s is %s in %s", "a", 1, WEB.ref())));
        assertEquals("nothing", render(Text.of("nothing")));
    }

    @Test
    void aPlaceIsRenderedByTheCaller() {
        assertEquals("see deploy.yaml:9", render(Text.of("see %s", WEB.at("spec.selector"))));
    }

    @Test
    void aTextInsideATextIsRenderedTheSameWay() {
        Text inner = Text.of("100%% in %s", WEB.at("spec"));
        assertEquals("near: 100% in deploy.yaml:9", render(Text.of("near: %s", inner)));
    }

    @Test
    void aPercentSignInAnArgumentIsJustThat() {
        assertEquals("value %d%n%s 100%", render(Text.of("value %s", "%d%n%s 100%")));
        assertEquals("%", render(Text.of("%%")));
        assertEquals("x %q", render(Text.of("x %s", Text.of("%s", "%q"))));
    }

    @Test
    void printsPlacesAsTheirObjects() {
        assertEquals("see Service shop/web", Text.of("see %s", WEB.at("spec")).toString());
        Place broken = Place.of(new Location("broken.yaml", 3, 1, 3, 2));
        assertEquals("see broken.yaml:3", Text.of("see %s", broken).toString());
    }

    @Test
    void theLocaleDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertEquals("port 8080", render(Text.of("port %s", 8080)));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aMissingArgumentIsTheRulesMistake() {
        assertThrows(NullPointerException.class, () -> Text.of("%s", (Object) null));
        assertThrows(NullPointerException.class, () -> new Text("%s", null));
    }

    @Test
    void equalByContent() {
        assertEquals(Text.of("%s", "a"), new Text("%s", List.of("a")));
    }

    @Test
    void theFirstWordsAndHowManyMore() {
        assertEquals("", Text.list(List.of(), 2));
        assertEquals("a, b", Text.list(List.of("a", "b"), 2));
        assertEquals("a, b and 1 more", Text.list(List.of("a", "b", "c"), 2));
    }
}
