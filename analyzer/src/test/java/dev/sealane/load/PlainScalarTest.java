package dev.sealane.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sealane.load.Value.Type;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The types as the tables and the regular expression of yaml.v2's resolve.go give them. */
class PlainScalarTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
    void nulls(String text) {
        assertEquals(Type.NULL, PlainScalar.type(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"})
    void isTrue(String text) {
        assertEquals(Type.BOOLEAN, PlainScalar.type(text));
        assertEquals(true, PlainScalar.isTrue(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"})
    void isFalse(String text) {
        assertEquals(Type.BOOLEAN, PlainScalar.type(text));
        assertEquals(false, PlainScalar.isTrue(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "80, 80",
        "-1, -1",
        "+7, 7",
        "1_000, 1000",
        "0x1F, 31",
        "0o17, 15",
        "017, 15",
        "0b101, 5",
        "-0x10, -16",
        "9223372036854775807, 9223372036854775807",
        "18446744073709551615, 18446744073709551615"
    })
    void integers(String text, String value) {
        assertEquals(Type.INTEGER, PlainScalar.type(text));
        assertEquals(new BigInteger(value), PlainScalar.integer(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0", "-1.5", ".5", "1.", "1e3", "12E4567", "1.5e-3", "08", "09.5", ".inf", "-.Inf", ".NaN", "1_0.5"
            })
    void floats(String text) {
        assertEquals(Type.FLOAT, PlainScalar.type(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yEs",
                "nULL",
                "tRUE",
                "oN",
                "1.2.3",
                "10.0.0.1",
                "80/tcp",
                "-",
                "+",
                ".",
                "...",
                "1e",
                "0x",
                "0xg",
                "a1",
                "2024-01-01",
                "2024-01-01T00:00:00Z",
                "--1",
                "e3",
                "-a",
                "1 2",
                "yes!",
                "inf",
                "0o8"
            })
    void strings(String text) {
        assertEquals(Type.STRING, PlainScalar.type(text));
    }

    @Test
    void aLongRowOfDigitsIsAString() {
        // Not what yaml.v2 says, but no port or count is that long.
        assertEquals(Type.STRING, PlainScalar.type("1".repeat(65)));
    }
}
