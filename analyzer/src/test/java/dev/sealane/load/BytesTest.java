package dev.sealane.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Against plain loops, over bytes that differ in one bit from those that are looked for. */
class BytesTest {
    private static final byte[] NEAR = {
        0,
        9,
        '\n',
        0x0B,
        '\r',
        0x1F,
        ' ',
        '!',
        '"',
        '#',
        'z',
        '{',
        '|',
        '}',
        '~',
        0x7F,
        '[',
        '\\',
        ']',
        (byte) 0x80,
        (byte) 0x8A,
        (byte) 0xA2,
        (byte) 0xDB,
        (byte) 0xFB,
        (byte) 0xFF
    };

    @Provide
    Arbitrary<byte[]> texts() {
        return Arbitraries.integers()
                .between(0, NEAR.length + 30)
                .map(i -> i < NEAR.length ? NEAR[i] : (byte) 'a')
                .array(byte[].class)
                .ofMinSize(0)
                .ofMaxSize(40);
    }

    @Property
    void findsAndCountsAsAPlainLoopDoes(@ForAll("texts") byte[] bytes) {
        for (int from = 0; from <= bytes.length; from++) {
            for (int end : new int[] {from, (from + bytes.length) / 2, bytes.length}) {
                if (end >= from) {
                    check(bytes, from, end);
                }
            }
        }
    }

    private static void check(byte[] bytes, int from, int end) {
        assertEquals(plain(bytes, from, end, "\n"), Bytes.next(bytes, from, end, '\n'));
        assertEquals(plain(bytes, from, end, "\"\\"), Bytes.next(bytes, from, end, '"', '\\'));
        assertEquals(plain(bytes, from, end, "\"[]{}"), Bytes.nextOfJson(bytes, from, end));
        int newlines = 0;
        for (int i = from; i < end; i++) {
            newlines += bytes[i] == '\n' ? 1 : 0;
        }
        assertEquals(newlines, Bytes.newlines(bytes, from, end));
        int printable = Bytes.printable(bytes, from, end);
        for (int i = from; i < printable; i++) {
            assertTrue(bytes[i] >= ' ' && bytes[i] < 0x7F || bytes[i] == '\n');
        }
        boolean rest = end - printable < 8;
        for (int i = printable; !rest && i < printable + 8; i++) {
            rest = bytes[i] < ' ' && bytes[i] != '\n' || bytes[i] == 0x7F;
        }
        assertTrue(rest, "stopped too early");
    }

    private static int plain(byte[] bytes, int from, int end, String wanted) {
        int at = from;
        while (at < end && wanted.indexOf((char) (bytes[at] & 0xFF)) < 0) {
            at++;
        }
        return at;
    }
}
