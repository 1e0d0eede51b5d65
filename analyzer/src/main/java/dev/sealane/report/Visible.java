package dev.sealane.report;

/** Text from the input, made safe to print: it can neither steer a terminal nor look like other text. */
public final class Visible {
    private Visible() {}

    /**
     * The text with each unprintable character written as YAML would escape it, such as {@code \u001b}: control
     * characters (line breaks and tabs too), format characters (among them those that change the direction of
     * writing), line and paragraph separators, and halves of surrogate pairs.
     */
    public static String of(String text) {
        if (text.codePoints().noneMatch(Visible::hidden)) {
            return text;
        }
        StringBuilder visible = new StringBuilder();
        text.codePoints().forEach(character -> visible.append(of(character)));
        return visible.toString();
    }

    static String of(int character) {
        if (!hidden(character)) {
            return Character.toString(character);
        }
        return String.format(character > 0xffff ? "\\U%08x" : "\\u%04x", character);
    }

    /** The columns of a terminal that a printable character takes, by its East Asian width (Unicode Annex 11). */
    static int width(int character) {
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = Character.isEmojiPresentation(character)
                || between(character, 0x1100, 0x115F) // leading consonants of Hangul
                || between(character, 0x2E80, 0x303E) // radicals and punctuation
                || between(character, 0x3041, 0xA4CF) // kana, ideographs, Yi
                || between(character, 0xAC00, 0xD7A3) // Hangul
                || between(character, 0xF900, 0xFAFF)
                || between(character, 0xFE30, 0xFE6F)
                || between(character, 0xFF00, 0xFF60) // full-width forms
                || between(character, 0xFFE0, 0xFFE6)
                || between(character, 0x20000, 0x3FFFD); // more ideographs
        return wide ? 2 : 1;
    }

    private static boolean between(int character, int first, int last) {
        return character >= first && character <= last;
    }

    static boolean hidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
