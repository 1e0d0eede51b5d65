package dev.sealane.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sealane.facts.Coverage.State;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CoverageTest {
    private static final Set<State> COMPLETE = EnumSet.of(State.NONEMPTY, State.EMPTY);

    @ParameterizedTest
    @EnumSource
    void absenceProvesSomethingOnlyWhereAllWasListed(State state) {
        assertEquals(COMPLETE.contains(state), new Coverage(Kind.POD, "shop", state, Certainty.CERTAIN, "").complete());
    }
}
