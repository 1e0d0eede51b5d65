package dev.sealane.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Searches bytes eight at a time: most of a large input is only passed over. */
final class Bytes {
    /** A one in each byte; times a byte, that byte in each. */
    private static final long ONES = 0x0101010101010101L;

    private static final long HIGH = 0x80 * ONES;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    private static long word(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** Zero bytes of a word become 0x80 in their place; bytes above the first may be wrong. */
    private static long zeros(long word) {
        return (word - ONES) & ~word & HIGH;
    }

    /** The same for all bytes of a word: nothing is carried from one into the next. */
    private static long allZeros(long word) {
        return ~((word & ~HIGH) + ~HIGH | word) & HIGH;
    }

    private static int first(long found) {
        return Long.numberOfTrailingZeros(found) >> 3;
    }

    /** The first place of an ASCII character, or the end. */
    static int next(byte[] bytes, int from, int end, char wanted) {
        long all = wanted * ONES;
        int at = from;
        for (; at + 8 <= end; at += 8) {
            long found = zeros(word(bytes, at) ^ all);
            if (found != 0) {
                return at + first(found);
            }
        }
        while (at < end && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    /** The first place of either of two ASCII characters, or the end. */
    static int next(byte[] bytes, int from, int end, char one, char other) {
        int at = from;
        for (; at + 8 <= end; at += 8) {
            long word = word(bytes, at);
            long found = zeros(word ^ one * ONES) | zeros(word ^ other * ONES);
            if (found != 0) {
                return at + first(found);
            }
        }
        while (at < end && bytes[at] != one && bytes[at] != other) {
            at++;
        }
        return at;
    }

    /** The first place of a double quote, a bracket or a brace, or the end. */
    static int nextOfJson(byte[] bytes, int from, int end) {
        int at = from;
        for (; at + 8 <= end; at += 8) {
            long word = word(bytes, at);
            // A bracket and its brace differ in one bit.
            long braces = word | 0x20 * ONES;
            long found = zeros(word ^ '"' * ONES) | zeros(braces ^ '{' * ONES) | zeros(braces ^ '}' * ONES);
            if (found != 0) {
                return at + first(found);
            }
        }
        while (at < end && bytes[at] != '"' && (bytes[at] | 0x20) != '{' && (bytes[at] | 0x20) != '}') {
            at++;
        }
        return at;
    }

    /** How many lines end there. */
    static int newlines(byte[] bytes, int from, int end) {
        int count = 0;
        int at = from;
        for (; at + 8 <= end; at += 8) {
            count += (int) ((allZeros(word(bytes, at) ^ '\n' * ONES) >>> 7) * ONES >>> 56);
        }
        for (; at < end; at++) {
            count += bytes[at] == '\n' ? 1 : 0;
        }
        return count;
    }

    /** Where eight bytes begin that are not all printable ASCII or line feeds, or what is left is fewer. */
    static int printable(byte[] bytes, int from, int end) {
        int at = from;
        while (at + 8 <= end) {
            long word = word(bytes, at);
            // With the bit of a space, a line feed is an asterisk.
            long text = word | allZeros(word ^ '\n' * ONES) >>> 2;
            // Below a space, a byte borrows; DEL becomes 0x80.
            if (((text | text - 0x20 * ONES | text + ONES) & HIGH) != 0) {
                break;
            }
            at += 8;
        }
        return at;
    }
}
