package dev.sealane.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class SeverityTest {

    @Test
    void words() {
        assertEquals("error", Severity.ERROR.word());
        assertEquals("warning", Severity.WARNING.word());
        assertEquals("note", Severity.NOTE.word());
        assertEquals(Severity.ERROR, Severity.of("error"));
        assertEquals(Severity.WARNING, Severity.of("warning"));
        assertEquals(Severity.NOTE, Severity.of("note"));
        assertThrows(IllegalArgumentException.class, () -> Severity.of("info"));
        assertThrows(IllegalArgumentException.class, () -> Severity.of(""));
    }

    @Test
    void theLocaleDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertEquals("warning", Severity.WARNING.word());
            assertEquals(Severity.WARNING, Severity.of("warning"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void order() {
        assertTrue(Severity.ERROR.atLeast(Severity.ERROR));
        assertTrue(Severity.ERROR.atLeast(Severity.NOTE));
        assertTrue(Severity.WARNING.atLeast(Severity.NOTE));
        assertFalse(Severity.WARNING.atLeast(Severity.ERROR));
        assertFalse(Severity.NOTE.atLeast(Severity.WARNING));
    }
}
