package dev.sealane.facts;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * A range of addresses of one family. Parsed without any name lookup.
 *
 * @param address the lowest address, host bits cleared
 * @param prefix the number of leading bits that are fixed, 0–32 or 0–128
 * @param bits the length of an address of the family, 32 or 128
 */
public record Cidr(BigInteger address, int prefix, int bits) {

    /**
     * Parses {@code address/prefix}, or an address alone as the range of just that address. Host bits may be set, as
     * in objects that older API servers accepted.
     *
     * @throws IllegalArgumentException with the reason, where Go's {@code net.ParseCIDR} and {@code net.ParseIP} fail:
     *     octets with leading zeros, missing parts, prefixes out of range, zones
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = parseAddress(slash < 0 ? text : text.substring(0, slash));
        int bits = address.length * 8;
        int prefix = slash < 0 ? bits : parsePrefix(text.substring(slash + 1), bits, text);
        if (bits == 128 && prefix >= 96 && mapped(address)) {
            address = Arrays.copyOfRange(address, 12, 16);
            bits = 32;
            prefix -= 96;
        }
        BigInteger number = new BigInteger(1, address);
        BigInteger network = number.shiftRight(bits - prefix).shiftLeft(bits - prefix);
        return new Cidr(network, prefix, bits);
    }

    /** The range, or nothing where {@link #parse} throws. */
    public static Optional<Cidr> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException invalid) {
            return Optional.empty();
        }
    }

    /** Whether this is an address, written without a prefix, that {@link #parse} accepts. */
    public static boolean isAddress(String text) {
        return text.indexOf('/') < 0 && tryParse(text).isPresent();
    }

    public boolean isIpv6() {
        return bits == 128;
    }

    /** Whether every address of the other range is in this one; never across families. */
    public boolean contains(Cidr other) {
        return bits == other.bits
                && prefix <= other.prefix
                && address.shiftRight(bits - prefix).equals(other.address.shiftRight(bits - prefix));
    }

    public boolean overlaps(Cidr other) {
        return contains(other) || other.contains(this);
    }

    private static int parsePrefix(String text, int bits, String whole) {
        int prefix = text.isEmpty() ? -1 : 0;
        for (int i = 0; i < text.length() && prefix >= 0 && prefix <= bits; i++) {
            char c = text.charAt(i);
            prefix = c >= '0' && c <= '9' ? prefix * 10 + c - '0' : -1;
        }
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException(quote(whole) + " has no prefix length of 0 to " + bits);
        }
        return prefix;
    }

    private static byte[] parseAddress(String text) {
        return text.indexOf(':') < 0 ? parseIpv4(text) : parseIpv6(text);
    }

    private static byte[] parseIpv4(String text) {
        byte[] address = new byte[4];
        int octet = 0;
        int digits = 0;
        int value = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c == '.' && digits > 0 && octet < 4) {
                address[octet++] = (byte) value;
                digits = 0;
                value = 0;
            } else if (c >= '0' && c <= '9' && (digits == 0 || value > 0) && value * 10 + c - '0' <= 255) {
                value = value * 10 + c - '0';
                digits++;
            } else {
                throw new IllegalArgumentException(quote(text) + " is not an IP address");
            }
        }
        if (octet < 4) {
            throw new IllegalArgumentException(quote(text) + " is not an IP address");
        }
        return address;
    }

    private static byte[] parseIpv6(String text) {
        String rest = text;
        byte[] tail = {};
        int lastColon = text.lastIndexOf(':');
        if (text.indexOf('.') > lastColon) {
            tail = parseIpv4(text.substring(lastColon + 1));
            rest = text.substring(0, lastColon + 1) + "0:0";
        }
        int gap = rest.indexOf("::");
        int[] head = groups(gap < 0 ? rest : rest.substring(0, gap), text);
        int[] end = gap < 0 ? new int[0] : groups(rest.substring(gap + 2), text);
        int missing = 8 - head.length - end.length;
        if (gap < 0 ? missing != 0 : missing < 1) {
            throw new IllegalArgumentException(quote(text) + " is not an IP address");
        }
        byte[] address = new byte[16];
        put(head, address, 0);
        put(end, address, 16 - end.length * 2);
        System.arraycopy(tail, 0, address, 16 - tail.length, tail.length);
        return address;
    }

    private static int[] groups(String text, String whole) {
        if (text.isEmpty()) {
            return new int[0];
        }
        String[] parts = text.split(":", 9);
        int[] groups = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].matches("[0-9a-fA-F]{1,4}")) {
                throw new IllegalArgumentException(quote(whole) + " is not an IP address");
            }
            groups[i] = Integer.parseInt(parts[i], 16);
        }
        return groups;
    }

    private static void put(int[] groups, byte[] address, int at) {
        for (int i = 0; i < groups.length; i++) {
            address[at + 2 * i] = (byte) (groups[i] >> 8);
            address[at + 2 * i + 1] = (byte) groups[i];
        }
    }

    /** IPv4 in IPv6's clothes (::ffff:a.b.c.d), which Go's {@code net} treats as IPv4. */
    private static boolean mapped(byte[] address) {
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[10] == -1 && address[11] == -1;
    }

    private static String quote(String text) {
        return '"' + text + '"';
    }

    /** The dotted or colon form, IPv6 as eight groups without {@code ::}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        int group = isIpv6() ? 16 : 8;
        BigInteger mask = BigInteger.ONE.shiftLeft(group).subtract(BigInteger.ONE);
        for (int shift = bits - group; shift >= 0; shift -= group) {
            int part = address.shiftRight(shift).and(mask).intValue();
            text.append(isIpv6() ? Integer.toHexString(part) : Integer.toString(part));
            text.append(shift > 0 ? (isIpv6() ? ":" : ".") : "");
        }
        return text.append('/').append(prefix).toString();
    }
}
