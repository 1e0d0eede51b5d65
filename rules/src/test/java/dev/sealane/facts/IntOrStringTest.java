package dev.sealane.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntOrStringTest {

    @Test
    void numberOrName() {
        assertFalse(IntOrString.of(80).isName());
        assertEquals("80", IntOrString.of(80).toString());
        assertTrue(IntOrString.of("http").isName());
        assertEquals("http", IntOrString.of("http").toString());
        assertTrue(IntOrString.of("").isName());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 80, 65535})
    void numbersOfPorts(int port) {
        assertNull(IntOrString.of(port).problem());
    }

    @ParameterizedTest
    @DisplayName("A24 ports outside 1 to 65535 are invalid")
    @ValueSource(ints = {0, -1, 65536, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void otherNumbers(int port) {
        assertEquals(port + " is not between 1 and 65535", IntOrString.of(port).problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "http", "0a", "8080x", "a-b-c", "dns-tcp", "123456789012345a", "abcdefghijklmno"})
    void names(String name) {
        // IANA service names are at most 15 characters long.
        assertEquals(name.length() <= 15, IntOrString.of(name).problem() == null, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abcdefghijklmnop"})
    void lengthsOfNames(String name) {
        assertEquals(
                "\"" + name + "\" is not 1 to 15 characters long",
                IntOrString.of(name).problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP", "http_1", "http.1", " http", "http\n", "\n", "hттp", "é", "http/1"})
    void charactersOfNames(String name) {
        assertEquals(
                "\"" + name + "\" has other characters than a-z, 0-9 and -",
                IntOrString.of(name).problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "0", "-", "8-0", "65536"})
    void namesWithoutALetter(String name) {
        assertEquals(
                "\"" + name + "\" has no letter: as a string it is a name, without quotes it is a number",
                IntOrString.of(name).problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-http", "http-", "a--b", "--a", "a---b"})
    void hyphensInNames(String name) {
        assertEquals(
                "\"" + name + "\" has a hyphen at an end or beside another",
                IntOrString.of(name).problem());
    }

    @Property
    void namesAreJudgedAsByAStateMachine(@ForAll("nearNames") String name) {
        assertEquals(valid(name), IntOrString.of(name).problem() == null);
    }

    /** IsValidPortName, character by character. */
    private static boolean valid(String name) {
        boolean letter = false;
        char before = '-';
        for (char c : name.toCharArray()) {
            if (c == '-' && before == '-') {
                return false;
            }
            if (c >= 'a' && c <= 'z') {
                letter = true;
            } else if (c != '-' && (c < '0' || c > '9')) {
                return false;
            }
            before = c;
        }
        return letter && before != '-' && name.length() < 16;
    }

    @Provide
    Arbitrary<String> nearNames() {
        return Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.strings().withChars("az09-").ofMaxLength(17)),
                Tuple.of(1, Arbitraries.strings().ofMaxLength(4)));
    }
}
