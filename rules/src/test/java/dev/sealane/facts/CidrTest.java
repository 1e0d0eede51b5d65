package dev.sealane.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    private static boolean contains(String outer, String inner) {
        return Cidr.parse(outer).contains(Cidr.parse(inner));
    }

    /** The right column is what net.ParseCIDR of Go 1.26 makes of the left one, written out in full. */
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,               10.0.0.0/8",
        "0.0.0.0/0,                0.0.0.0/0",
        "255.255.255.255/32,       255.255.255.255/32",
        "10.0.0.0/024,             10.0.0.0/24",
        "10.0.0.0/0000000000008,   10.0.0.0/8",
        "::/0,                     0:0:0:0:0:0:0:0/0",
        "::/128,                   0:0:0:0:0:0:0:0/128",
        "1::/16,                   1:0:0:0:0:0:0:0/16",
        "::1/128,                  0:0:0:0:0:0:0:1/128",
        "1:2:3:4:5:6:7:8/128,      1:2:3:4:5:6:7:8/128",
        "1:2:3:4:5:6:7::/128,      1:2:3:4:5:6:7:0/128",
        "::2:3:4:5:6:7:8/128,      0:2:3:4:5:6:7:8/128",
        "1:2::7:8/128,             1:2:0:0:0:0:7:8/128",
        "2001:DB8::/32,            2001:db8:0:0:0:0:0:0/32",
        "0001:000a::/32,           1:a:0:0:0:0:0:0/32",
        "::1.2.3.4/128,            0:0:0:0:0:0:102:304/128",
        "1:2:3:4:5:6:1.2.3.4/128,  1:2:3:4:5:6:102:304/128",
        "64:ff9b::192.0.2.33/96,   64:ff9b:0:0:0:0:0:0/96",
        "::ffff:0:1.2.3.4/128,     0:0:0:0:ffff:0:102:304/128",
    })
    void parses(String text, String full) {
        assertEquals(full, Cidr.parse(text).toString());
    }

    @ParameterizedTest
    @DisplayName("C57 host bits may be set")
    @CsvSource({
        "10.0.0.1/24,            10.0.0.0/24",
        "10.255.255.255/9,       10.128.0.0/9",
        "255.255.255.255/0,      0.0.0.0/0",
        "192.168.1.255/31,       192.168.1.254/31",
        "1:2:3:4:5:6:7:8/64,     1:2:3:4:0:0:0:0/64",
        "ffff::ffff/1,           8000:0:0:0:0:0:0:0/1",
    })
    void hostBits(String text, String network) {
        assertEquals(network, Cidr.parse(text).toString());
    }

    /** Go's net.ParseCIDR and IPNet.Contains treat ::ffff:a.b.c.d as IPv4 once the prefix covers the ffff. */
    @ParameterizedTest
    @CsvSource({
        "::ffff:1.2.3.4,       1.2.3.4/32",
        "::FFFF:102:304,       1.2.3.4/32",
        "::ffff:1.2.3.4/128,   1.2.3.4/32",
        "::ffff:1.2.3.4/120,   1.2.3.0/24",
        "::ffff:102:304/104,   1.0.0.0/8",
        "::ffff:1.2.3.4/96,    0.0.0.0/0",
        "::ffff:1.2.3.4/95,    0:0:0:0:0:fffe:0:0/95",
        "::ffff:1.2.3.4/24,    0:0:0:0:0:0:0:0/24",
        "::1:ffff:1.2.3.4/128, 0:0:0:0:1:ffff:102:304/128",
        "1::ffff:1.2.3.4/128,  1:0:0:0:0:ffff:102:304/128",
        "::fffe:1.2.3.4/128,   0:0:0:0:0:fffe:102:304/128",
        "::feff:1.2.3.4/128,   0:0:0:0:0:feff:102:304/128",
    })
    void mappedAddresses(String text, String meant) {
        assertEquals(meant, Cidr.parse(text).toString());
    }

    /** All of these fail in net.ParseCIDR of Go 1.26 (those without a slash, in net.ParseIP). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/8/8",
                "10.0.0.0/8 ",
                "10.0.0.0/8\n",
                " 10.0.0.0/8",
                "10.0.0.0/x",
                "10.0.0.0/1000",
                "10.0.0.0/99999999999999999999",
                "10.0.0.0/\u0668",
                "\u0661\u0660.0.0.0/8",
                "\uff11\uff10.0.0.0/8",
                "10.0.0/8",
                "10.0.0.0.0/8",
                "10..0.0/8",
                ".0.0.0/8",
                "10.0.0./8",
                "...",
                "....",
                "10.0.0.256/8",
                "10.0.0.1000/8",
                "10.0.0.-1/8",
                "010.0.0.0/8",
                "10.0.0.00/8",
                "0x10.0.0.0/8",
                "1e1.0.0.0/8",
                "10/8",
                "localhost",
                "example.org/24",
                "*",
                "10.0.0.*",
                ":",
                ":::",
                "::::",
                ":1",
                "1:",
                "1:::2",
                ":::1",
                "1:::",
                "1::2::3",
                "::1::",
                ":1::2",
                "1::2:",
                "::/129",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8:9:10",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1::2:3:4:5:6:7:8",
                "1:2:3:4::5:6:7:8",
                "1:2:3:4:5:6:7:1.2.3.4",
                "1:2:3:4:5:1.2.3.4",
                "1.2.3.4::",
                "::1.2.3",
                "::1.2.3.4.5",
                "::1.2.3.4:5",
                "1.2.3.4:80",
                "::01.2.3.4",
                "::1.2.3.256",
                "1.2::3.4",
                ":1.2.3.4",
                "12345::",
                "00001::",
                "::g",
                "::-1",
                "::+1",
                "::\uff11",
                "fe80::1%eth0",
                "fe80::1%eth0/64",
                "::%",
                "[::1]",
                "[::1]/128",
                "::1 ",
                "::\n",
            })
    void refuses(String text) {
        assertThrows(IllegalArgumentException.class, () -> Cidr.parse(text));
        assertEquals(Optional.empty(), Cidr.tryParse(text));
        assertFalse(Cidr.isAddress(text));
    }

    @Test
    void saysWhy() {
        assertEquals(
                "\"10.0.0\" is not an IP address",
                assertThrows(IllegalArgumentException.class, () -> Cidr.parse("10.0.0/8"))
                        .getMessage());
        assertEquals(
                "\"10.0.0.0/33\" has no prefix length of 0 to 32",
                assertThrows(IllegalArgumentException.class, () -> Cidr.parse("10.0.0.0/33"))
                        .getMessage());
        assertEquals(
                "\"::/129\" has no prefix length of 0 to 128",
                assertThrows(IllegalArgumentException.class, () -> Cidr.parse("::/129"))
                        .getMessage());
        assertEquals(
                "\"1:::2\" is not an IP address",
                assertThrows(IllegalArgumentException.class, () -> Cidr.parse("1:::2"))
                        .getMessage());
    }

    @Test
    void anAddressAloneIsARangeOfOne() {
        assertEquals(Cidr.parse("10.1.2.3/32"), Cidr.parse("10.1.2.3"));
        assertEquals(Cidr.parse("fd00::1/128"), Cidr.parse("fd00::1"));
        assertEquals(Optional.of(Cidr.parse("10.1.2.3/32")), Cidr.tryParse("10.1.2.3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "::", "::1", "fe80::1", "::ffff:1.2.3.4", "0.0.0.0"})
    void addresses(String text) {
        assertTrue(Cidr.isAddress(text));
        assertFalse(Cidr.isAddress(text + "/0"));
        assertFalse(Cidr.isAddress(text + "/32"));
    }

    @Test
    void family() {
        assertFalse(Cidr.parse("10.0.0.0/8").isIpv6());
        assertTrue(Cidr.parse("::/0").isIpv6());
        assertEquals(32, Cidr.parse("10.0.0.0/8").bits());
        assertEquals(128, Cidr.parse("fd00::/8").bits());
        assertEquals(BigInteger.valueOf(0x0a000000L), Cidr.parse("10.0.0.0/8").address());
        assertEquals(
                BigInteger.valueOf(0xfd).shiftLeft(120), Cidr.parse("fd00::/8").address());
    }

    @Test
    @DisplayName("C53 an exception lies inside its block")
    void contained() {
        assertTrue(contains("10.0.0.0/8", "10.1.0.0/16"));
        assertTrue(contains("10.0.0.0/8", "10.0.0.0/8"));
        assertFalse(contains("10.1.0.0/16", "10.0.0.0/8"));
        assertFalse(contains("10.0.0.0/8", "11.0.0.0/16"));
        assertTrue(contains("0.0.0.0/0", "255.255.255.255"));
        assertTrue(contains("0.0.0.0/31", "0.0.0.1"));
        assertFalse(contains("0.0.0.0/31", "0.0.0.2"));
        assertTrue(contains("fd00::/8", "fdff:ffff::1"));
        assertFalse(contains("fd00::/8", "fe00::1"));
        assertTrue(contains("::/0", "ffff::"));
    }

    @Test
    @DisplayName("C55 no block covers addresses of the other family")
    void families() {
        assertFalse(contains("0.0.0.0/0", "::/0"));
        assertFalse(contains("::/0", "0.0.0.0/0"));
        assertFalse(contains("0.0.0.0/0", "fd00::1"));
        assertFalse(contains("::/0", "10.0.0.1"));
        assertFalse(contains("::/0", "::ffff:10.0.0.1"));
        assertTrue(contains("10.0.0.0/8", "::ffff:10.0.0.1"));
        assertFalse(Cidr.parse("0.0.0.0/0").overlaps(Cidr.parse("::/0")));
    }

    @Test
    void overlap() {
        Cidr ten = Cidr.parse("10.0.0.0/8");
        assertTrue(ten.overlaps(Cidr.parse("10.1.0.0/16")));
        assertTrue(Cidr.parse("10.1.0.0/16").overlaps(ten));
        assertTrue(ten.overlaps(ten));
        assertFalse(ten.overlaps(Cidr.parse("11.0.0.0/8")));
        assertFalse(Cidr.parse("10.0.0.0/9").overlaps(Cidr.parse("10.128.0.0/9")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.", "1:", ":", ".", "0x", "a:", "::", "1/", "%"})
    void longTextIsRefusedQuickly(String part) {
        String text = part.repeat(100_000);
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertFalse(Cidr.tryParse(text).isPresent());
            assertFalse(Cidr.tryParse("10.0.0.0/" + text).isPresent());
            assertFalse(Cidr.tryParse("::" + text).isPresent());
        });
    }

    @Property
    void parsesWhatWasWritten(@ForAll("addresses") byte[] address, @ForAll @IntRange(max = 128) int fixed) {
        int prefix = Math.min(fixed, address.length * 8);
        String kept = bits(address).substring(0, prefix) + "0".repeat(address.length * 8 - prefix);
        Cidr cidr = Cidr.parse(written(address) + "/" + prefix);
        assertEquals(new BigInteger(kept, 2), cidr.address());
        assertEquals(prefix, cidr.prefix());
        assertEquals(address.length == 16, cidr.isIpv6());
        assertEquals(cidr, Cidr.parse(cidr.toString()));
    }

    @Property
    void doubleColonStandsForZeros(
            @ForAll @Size(8) int[] groups,
            @ForAll @IntRange(max = 7) int from,
            @ForAll @IntRange(min = 1, max = 8) int n) {
        int end = Math.min(8, from + n);
        StringBuilder full = new StringBuilder("9");
        StringBuilder head = new StringBuilder();
        StringBuilder tail = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            String group = Integer.toHexString(groups[i] & 0xffff);
            boolean zero = i >= from && i < end;
            full.append(i == 0 ? "" : ":").append(zero ? "0" : group);
            if (!zero) {
                StringBuilder side = i < from ? head : tail;
                side.append(side.isEmpty() ? "" : ":").append(group);
            }
        }
        assertEquals(Cidr.parse(full.substring(1)), Cidr.parse(head + "::" + tail));
    }

    @Property
    void containsBitByBit(
            @ForAll("addresses") byte[] one,
            @ForAll("addresses") byte[] other,
            @ForAll @IntRange(max = 128) int p,
            @ForAll @IntRange(max = 128) int q,
            @ForAll @IntRange(max = 128) int shared) {
        byte[] near = one.length == other.length ? withCommonStart(one, other, shared) : other;
        int outerPrefix = Math.min(p, one.length * 8);
        int innerPrefix = Math.min(q, near.length * 8);
        String outer = bits(one).substring(0, outerPrefix);
        String inner = bits(near).substring(0, innerPrefix);
        boolean expected = one.length == near.length && inner.startsWith(outer);
        boolean inverse = one.length == near.length && outer.startsWith(inner);
        Cidr a = Cidr.parse(written(one) + "/" + outerPrefix);
        Cidr b = Cidr.parse(written(near) + "/" + innerPrefix);
        assertEquals(expected, a.contains(b));
        assertEquals(inverse, b.contains(a));
        assertEquals(expected || inverse, a.overlaps(b));
        assertEquals(expected || inverse, b.overlaps(a));
    }

    @Property(tries = 500)
    void refusesOrPrintsWhatItParsesAgain(@ForAll("nearAddresses") String text) {
        Optional<Cidr> cidr = Cidr.tryParse(text);
        cidr.ifPresent(parsed -> assertEquals(parsed, Cidr.parse(parsed.toString())));
        assertEquals(cidr.isPresent() && !text.contains("/"), Cidr.isAddress(text));
    }

    private static byte[] withCommonStart(byte[] one, byte[] other, int shared) {
        String start = bits(one).substring(0, Math.min(shared, one.length * 8));
        String joined = start + bits(other).substring(start.length());
        byte[] result = new byte[one.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (byte) Integer.parseInt(joined.substring(8 * i, 8 * i + 8), 2);
        }
        return result;
    }

    private static String bits(byte[] address) {
        StringBuilder bits = new StringBuilder();
        for (byte part : address) {
            for (int i = 7; i >= 0; i--) {
                bits.append((part >> i) & 1);
            }
        }
        return bits.toString();
    }

    private static String written(byte[] address) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < address.length; i++) {
            if (address.length == 4) {
                text.append(i == 0 ? "" : ".").append(address[i] & 255);
            } else {
                text.append(i > 0 && i % 2 == 0 ? ":" : "").append(String.format("%02x", address[i]));
            }
        }
        return text.toString();
    }

    @Provide
    Arbitrary<byte[]> addresses() {
        Arbitrary<byte[]> ipv4 = Arbitraries.bytes().array(byte[].class).ofSize(4);
        Arbitrary<byte[]> ipv6 = Arbitraries.bytes()
                .array(byte[].class)
                .ofSize(16)
                .filter(address -> !bits(address).startsWith("0".repeat(80) + "1".repeat(16)));
        return Arbitraries.oneOf(ipv4, ipv6);
    }

    @Provide
    Arbitrary<String> nearAddresses() {
        Arbitrary<String> parts =
                Arbitraries.of("0", "1", "10", "255", "256", "f", "ffff", ".", ".", ":", ":", "::", "/", "%");
        return parts.list().ofMaxSize(16).map(list -> String.join("", list));
    }
}
