package dev.sealane.redact;

import dev.sealane.facts.Cidr;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stand-ins for addresses. Two addresses share as many leading bits as their stand-ins do, so ranges hold what they held;
 * an address of a range with a meaning of its own, such as a private one, gets another of the same range.
 */
final class Addresses {
    /** Ranges whose members are told apart by their prefix alone. */
    private static final List<Cidr> MEANINGFUL = ranges(
            "10.0.0.0/8",
            "100.64.0.0/10",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "192.0.2.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "fc00::/8",
            "fd00::/8",
            "2000::/3",
            "2001:db8::/32",
            "64:ff9b::/96");

    /** Ranges whose members mean the same in every cluster. */
    private static final List<Cidr> WELL_KNOWN = ranges(
            "0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3", "::/128", "::1/128", "fe80::/10", "ff00::/8");

    private final Key key;
    private final Map<String, String> known = new HashMap<>();

    Addresses(Key key) {
        this.key = key;
    }

    private static List<Cidr> ranges(String... texts) {
        return List.of(texts).stream().map(Cidr::parse).toList();
    }

    /** How many different ones were replaced. */
    int count() {
        return (int) known.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(entry.getValue()))
                .count();
    }

    /** The stand-in for an address or range; nothing if the text is neither. */
    Optional<String> replace(String text) {
        String found = known.get(text);
        if (found == null) {
            Optional<Cidr> range = Cidr.tryParse(text);
            if (range.isEmpty()) {
                return Optional.empty();
            }
            found = written(text, range.get());
            known.put(text, found);
        }
        return Optional.of(found);
    }

    /** Host bits of a range stay as they are. */
    private String written(String text, Cidr range) {
        BigInteger flips = flips(range);
        if (flips.signum() == 0) {
            return text;
        }
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        BigInteger own = Cidr.parse(address).address();
        boolean shortened = range.bits() == 32 && address.indexOf(':') >= 0;
        String result = range.bits() == 32 ? ipv4(own.xor(flips)) : ipv6(own.xor(flips));
        return (shortened ? "::ffff:" : "") + result + (slash < 0 ? "" : text.substring(slash));
    }

    private BigInteger flips(Cidr range) {
        BigInteger flips = BigInteger.ZERO;
        if (WELL_KNOWN.stream().anyMatch(known -> known.contains(range))) {
            return flips;
        }
        for (int bit = 0; bit < range.prefix(); bit++) {
            Cidr above = new Cidr(
                    range.address().shiftRight(range.bits() - bit).shiftLeft(range.bits() - bit), bit, range.bits());
            boolean fixed = MEANINGFUL.stream().anyMatch(known -> inside(above, known))
                    || WELL_KNOWN.stream().anyMatch(known -> inside(above, known));
            if (!fixed && key.bit("address " + range.bits() + " " + bit + " " + above.address())) {
                flips = flips.setBit(range.bits() - 1 - bit);
            }
        }
        return flips;
    }

    /** Whether a range with a meaning lies below, so that its bits must stay. */
    private static boolean inside(Cidr above, Cidr known) {
        return above.prefix() < known.prefix() && above.contains(known);
    }

    static String ipv4(BigInteger address) {
        int bits = address.intValue();
        return (bits >>> 24) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "." + (bits & 255);
    }

    /** In the form of RFC 5952. */
    static String ipv6(BigInteger address) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = address.shiftRight(112 - 16 * i).intValue() & 0xFFFF;
        }
        int from = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                from = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == from) {
                text.append("::");
                i += length - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
