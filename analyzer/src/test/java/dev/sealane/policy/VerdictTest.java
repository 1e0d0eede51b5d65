package dev.sealane.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

    @ParameterizedTest
    @CsvSource({
        "DENIED,  DENIED,  DENIED,  DENIED",
        "DENIED,  DEPENDS, DEPENDS, DENIED",
        "DENIED,  ALLOWED, ALLOWED, DENIED",
        "DEPENDS, DEPENDS, DEPENDS, DEPENDS",
        "DEPENDS, ALLOWED, ALLOWED, DEPENDS",
        "ALLOWED, ALLOWED, ALLOWED, ALLOWED",
    })
    void orAndAndAreThoseOfThreeValuedLogic(Verdict one, Verdict other, Verdict or, Verdict and) {
        assertEquals(or, one.or(other));
        assertEquals(or, other.or(one));
        assertEquals(and, one.and(other));
        assertEquals(and, other.and(one));
    }
}
