package dev.sealane.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortRangeTest {

    @Test
    @DisplayName("A23 endPort is included")
    void bothEndsAreIncluded() {
        PortRange range = new PortRange(53, 80);
        assertFalse(range.contains(52));
        assertTrue(range.contains(53));
        assertTrue(range.contains(54));
        assertTrue(range.contains(80));
        assertFalse(range.contains(81));
    }

    @Test
    void onePort() {
        assertEquals(new PortRange(80, 80), PortRange.of(80));
        assertFalse(PortRange.of(80).contains(79));
        assertTrue(PortRange.of(80).contains(80));
        assertFalse(PortRange.of(80).contains(81));
    }

    @ParameterizedTest
    @CsvSource({"1-10, 5-20, 5-10", "5-20, 1-10, 5-10", "1-10, 10-10, 10-10", "3-4, 1-65535, 3-4"})
    void whatIsInBoth(String one, String other, String both) {
        assertEquals(range(both), range(one).and(range(other)));
    }

    @Test
    void nothingIsInBoth() {
        assertNull(range("1-10").and(range("11-20")));
        assertNull(range("11-20").and(range("1-10")));
    }

    private static PortRange range(String text) {
        String[] ends = text.split("-");
        return new PortRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
    }

    @Test
    void inSentences() {
        assertEquals("port 80/TCP", PortRange.of(80).of(Protocol.TCP));
        assertEquals("port 80-81/UDP", new PortRange(80, 81).of(Protocol.UDP));
        assertEquals("every port/SCTP", PortRange.ALL.of(Protocol.SCTP));
    }

    @Test
    void all() {
        assertFalse(PortRange.ALL.contains(0));
        assertTrue(PortRange.ALL.contains(1));
        assertTrue(PortRange.ALL.contains(65535));
        assertFalse(PortRange.ALL.contains(65536));
    }

    @ParameterizedTest
    @DisplayName("A23 and A24 no range ends before it starts, or leaves 1 to 65535")
    @CsvSource({"80, 79", "0, 80", "-1, 80", "80, 65536", "0, 0", "65536, 65536"})
    void invalid(int first, int last) {
        String message = assertThrows(IllegalArgumentException.class, () -> new PortRange(first, last))
                .getMessage();
        assertEquals(first + "-" + last + " is no range of ports", message);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "65535, true", "65536, false", "-1, false", "-2147483648, false"})
    void valid(int port, boolean valid) {
        assertEquals(valid, PortRange.valid(port));
    }

    @Test
    void prints() {
        assertEquals("80", PortRange.of(80).toString());
        assertEquals("80-90", new PortRange(80, 90).toString());
    }
}
