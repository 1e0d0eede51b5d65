package dev.sealane.redact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Cidr;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    private final Addresses addresses = new Addresses(Key.of("test"));

    private String replace(String text) {
        return addresses.replace(text).orElseThrow();
    }

    /** The ranges with a meaning of their own, those without flips among them, are closed. */
    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fd00::/8", "2000::/3"})
    void staysInItsRange(String range) {
        Cidr cidr = Cidr.parse(range);
        BigInteger inside = cidr.address().add(BigInteger.valueOf(7_777));
        String address = cidr.isIpv6() ? Addresses.ipv6(inside) : Addresses.ipv4(inside);
        assertTrue(cidr.contains(Cidr.parse(replace(address))), replace(address));
        assertNotEquals(address, replace(address));
        assertEquals(range, replace(range));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/0",
                "0.0.0.0",
                "127.0.0.1",
                "169.254.169.254",
                "169.254.20.10",
                "255.255.255.255",
                "::/0",
                "::",
                "::1",
                "fe80::1",
                "224.0.0.1"
            })
    void stays(String text) {
        assertEquals(text, replace(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0", "10.0.0.256", "1:2", "web", "", "10.0.0.01"})
    void isNoAddress(String text) {
        assertTrue(addresses.replace(text).isEmpty());
    }

    @Property(tries = 300)
    void rangesHoldWhatTheyHeld(@ForAll int one, @ForAll int other, @ForAll @IntRange(min = 0, max = 32) int prefix) {
        Cidr address = new Cidr(BigInteger.valueOf(one & 0xFFFFFFFFL), 32, 32);
        String range = Cidr.parse(Addresses.ipv4(BigInteger.valueOf(other & 0xFFFFFFFFL)) + "/" + prefix)
                .toString();
        boolean before = Cidr.parse(range).contains(address);
        String stood = replace(Addresses.ipv4(address.address()));
        assertEquals(before, Cidr.parse(replace(range)).contains(Cidr.parse(stood)));
        assertFalse(stood.contains(":"));
    }

    @Property(tries = 100)
    void rangesOfVersion6HoldWhatTheyHeld(
            @ForAll @Size(16) byte[] one, @ForAll @IntRange(min = 0, max = 128) int prefix) {
        Cidr address = new Cidr(new BigInteger(1, one), 128, 128);
        String text = Addresses.ipv6(address.address());
        assertEquals(address, Cidr.parse(text), "the written form is the address");
        String range = text + "/" + prefix;
        assertTrue(Cidr.parse(replace(range)).contains(Cidr.parse(replace(text))));
        String outside = Addresses.ipv6(address.address().flipBit(0));
        boolean before = Cidr.parse(range).contains(Cidr.parse(outside));
        assertEquals(before, Cidr.parse(replace(range)).contains(Cidr.parse(replace(outside))));
    }
}
