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
