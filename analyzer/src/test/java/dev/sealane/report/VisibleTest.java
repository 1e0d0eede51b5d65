package dev.sealane.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "app=web", "größe", "名前", "😀", "a b", "\\u001b"})
    void printableTextStays(String text) {
        assertEquals(text, Visible.of(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0, \\u0000",
        "9, \\u0009",
        "10, \\u000a",
        "13, \\u000d",
        "27, \\u001b",
        "127, \\u007f",
        "133, \\u0085",
        "155, \\u009b",
        "0x061c, \\u061c",
        "0x200b, \\u200b",
        "0x200e, \\u200e",
        "0x200f, \\u200f",
        "0x2028, \\u2028",
        "0x2029, \\u2029",
        "0x202a, \\u202a",
        "0x202e, \\u202e",
        "0x2066, \\u2066",
        "0x2069, \\u2069",
        "0xfeff, \\ufeff",
        "0xd800, \\ud800",
        "0xe0041, \\U000e0041",
    })
    void whatDoesNotPrintIsEscaped(String character, String escape) {
        String text = "a" + Character.toString(Integer.decode(character)) + "b";
        assertEquals("a" + escape + "b", Visible.of(text));
    }

    @Property
    void nothingThatATerminalActsOnIsLeft(@ForAll String text) {
        // The ranges of ECMA-48 and Unicode's Bidi_Control, apart from the categories that the code asks for.
        assertFalse(Visible.of(text)
                .codePoints()
                .anyMatch(c -> c < 0x20
                        || c >= 0x7f && c <= 0x9f
                        || c == 0x61c
                        || c >= 0x200e && c <= 0x200f
                        || c >= 0x2028 && c <= 0x202e
                        || c >= 0x2066 && c <= 0x2069));
    }
}
