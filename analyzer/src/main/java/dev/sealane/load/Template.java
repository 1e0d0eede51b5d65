package dev.sealane.load;

/** Finds the traces of templates that were not rendered. */
final class Template {
    static final String MESSAGE =
            "this is a template that was not rendered: check the output of `helm template` instead";

    private Template() {}

    /**
     * The index of the first <code>{{</code> that stands neither in quotes nor in a comment nor in a block of text,
     * where it is content; -1 if there is none.
     */
    static int firstAction(String text) {
        int block = -1;
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            int indent = start;
            while (indent < end && text.charAt(indent) == ' ') {
                indent++;
            }
            boolean blank = text.substring(indent, end).isBlank();
            if (block >= 0 && !blank && indent - start <= block) {
                block = -1;
            }
            if (block < 0 && !blank) {
                int found = actionIn(text, indent, end);
                if (found >= 0) {
                    return found;
                }
                block = opensBlock(text, indent, end) ? indent - start : -1;
            }
            start = end + 1;
        }
        return -1;
    }

    private static int actionIn(String text, int from, int end) {
        char quote = 0;
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == '\\' && quote == '"') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '#' && (i == from || text.charAt(i - 1) <= ' ')) {
                return -1;
            } else if ((c == '"' || c == '\'') && (i == from || " [{,:".indexOf(text.charAt(i - 1)) >= 0)) {
                quote = c;
            } else if (c == '{' && i + 1 < end && text.charAt(i + 1) == '{') {
                return i;
            }
        }
        return -1;
    }

    /** Whether the line ends in the header of a block scalar, such as {@code |} or {@code >-2}. */
    private static boolean opensBlock(String text, int from, int end) {
        int at = end;
        while (at > from && text.charAt(at - 1) <= ' ') {
            at--;
        }
        while (at > from && "+-123456789".indexOf(text.charAt(at - 1)) >= 0) {
            at--;
        }
        boolean header = at - 1 > from && (text.charAt(at - 1) == '|' || text.charAt(at - 1) == '>');
        return header && text.charAt(at - 2) == ' ';
    }
}
