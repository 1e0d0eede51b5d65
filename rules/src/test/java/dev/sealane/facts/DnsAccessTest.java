package dev.sealane.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DnsAccessTest {

    private static DnsAccess access(boolean udp, boolean tcp) {
        return new DnsAccess(
                new Ref(Kind.NETWORK_POLICY, "shop", "web"),
                udp,
                tcp,
                List.of(),
                "",
                Text.of("the DNS server"),
                Certainty.CERTAIN,
                List.of());
    }

    @Test
    void blockedIfNeitherProtocolGetsThrough() {
        assertTrue(access(false, false).blocked());
        assertFalse(access(true, false).blocked());
        assertFalse(access(false, true).blocked());
    }

    @Test
    void theProtocolThatGetsThroughAndTheOneThatDoesNot() {
        assertEquals(Protocol.UDP, access(true, false).only());
        assertEquals(Protocol.TCP, access(true, false).missing());
        assertEquals(Protocol.TCP, access(false, true).only());
        assertEquals(Protocol.UDP, access(false, true).missing());
    }
}
