package dev.sealane.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds the ends of JSON values by their brackets and quotes alone. */
final class JsonScan {
    private static final int UNKNOWN = -1;
    private static final byte[] ITEMS = "items".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;
    private final int start;
    private final int end;
    private final List<int[]> items = new ArrayList<>();
    private int itemsDepth = UNKNOWN;

    /** @param start where a value begins */
    JsonScan(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
    }

    /** Start and end of each complete item of the array, or of the array under the key {@code items}, that this is. */
    List<int[]> items() {
        return items;
    }

    /** How many brackets are open around an item. */
    int itemsDepth() {
        return itemsDepth;
    }

    /** Where the value ends, or -1 if it does not. */
    int value() {
        if (bytes[start] != '{' && bytes[start] != '[') {
            return scalar();
        }
        itemsDepth = bytes[start] == '[' ? 1 : UNKNOWN;
        int depth = 0;
        int item = -1;
        // Of the array of items; a second one of that name is not looked for.
        boolean over = false;
        for (int at = start; at < end; at++) {
            if (depth != itemsDepth || over) {
                at = Bytes.nextOfJson(bytes, at, end);
                if (at == end) {
                    return -1;
                }
            }
            switch (bytes[at]) {
                case '"' -> {
                    int close = string(bytes, at, end);
                    if (close < 0) {
                        return -1;
                    }
                    if (depth == itemsDepth && !over) {
                        items.add(new int[] {at, close + 1});
                    } else if (depth == 1 && itemsDepth == UNKNOWN && items(at, close)) {
                        itemsDepth = 2;
                    }
                    at = close;
                }
                case '{', '[' -> {
                    if (depth == itemsDepth && !over) {
                        item = at;
                    }
                    depth++;
                }
                case '}', ']' -> {
                    depth--;
                    if (depth == itemsDepth && item >= 0) {
                        items.add(new int[] {item, at + 1});
                        item = -1;
                    } else {
                        over |= depth < itemsDepth;
                    }
                    if (depth <= 0) {
                        return at + 1;
                    }
                }
                default -> {
                    if (depth == itemsDepth && !over && bytes[at] != ',' && (bytes[at] > ' ' || bytes[at] < 0)) {
                        int close = word(at);
                        if (close < 0) {
                            return -1;
                        }
                        items.add(new int[] {at, close});
                        at = close - 1;
                    }
                }
            }
        }
        return -1;
    }

    private int scalar() {
        if (bytes[start] == '"') {
            int close = string(bytes, start, end);
            return close < 0 ? -1 : close + 1;
        }
        return word(start);
    }

    /** Where a number, {@code true} or the like ends, or -1; never before the next byte. */
    private int word(int from) {
        for (int at = from + 1; at < end; at++) {
            if (bytes[at] == ',' || bytes[at] == ']' || bytes[at] == '}' || bytes[at] <= ' ' && bytes[at] >= 0) {
                return at;
            }
        }
        return -1;
    }

    /** Whether the string is {@code "items"} and an array follows. */
    private boolean items(int open, int close) {
        if (!Arrays.equals(bytes, open + 1, close, ITEMS, 0, ITEMS.length)) {
            return false;
        }
        int at = close + 1;
        while (at < end && (bytes[at] == ':' || bytes[at] <= ' ' && bytes[at] > 0)) {
            at++;
        }
        return at < end && bytes[at] == '[';
    }

    /** The closing quote, or -1. */
    private static int string(byte[] bytes, int open, int end) {
        int at = Bytes.next(bytes, open + 1, end, '"', '\\');
        while (at < end && bytes[at] == '\\') {
            at = Bytes.next(bytes, Math.min(at + 2, end), end, '"', '\\');
        }
        return at < end ? at : -1;
    }

    /** Where so many open brackets are closed, from {@code start} on, or -1. */
    static int close(byte[] bytes, int start, int end, int depth) {
        int open = depth;
        for (int at = Bytes.nextOfJson(bytes, start, end); at < end; at = Bytes.nextOfJson(bytes, at + 1, end)) {
            switch (bytes[at]) {
                case '"' -> {
                    at = string(bytes, at, end);
                    if (at < 0) {
                        return -1;
                    }
                }
                case '{', '[' -> open++;
                case '}', ']' -> {
                    open--;
                    if (open == 0) {
                        return at + 1;
                    }
                }
                default -> throw new IllegalStateException();
            }
        }
        return -1;
    }
}
