package dev.sealane.redact;

import dev.sealane.load.Written;
import dev.sealane.load.Written.Form;
import dev.sealane.load.Written.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts stand-ins into a text, scalar by scalar. Every line stays where it is. */
final class Rewriter {
    /** A text that cannot be taken apart with certainty. The message quotes nothing of it. */
    static final class NotCertain extends Exception {
        private static final long serialVersionUID = 1;

        NotCertain(String message) {
            super(message, null, false, false);
        }
    }

    private static final Pattern COMMENT = Pattern.compile("(?:^|(?<=\\s))#[^\\r\\n]*");
    private static final Pattern TRAILING = Pattern.compile("[ \\t]+(?=\\r?\\n)");
    private static final Pattern ANCHOR = Pattern.compile("&[^\\s,\\[\\]{}]+");
    /** What is left between scalars. */
    private static final Pattern STRUCTURE =
            Pattern.compile("(?:[\\s,\\[\\]{}:?\\uFEFF-]|&[A-Za-z0-9_-]+|!![a-z]+|\\.\\.\\.|%YAML 1\\.[12])*");

    /** What can stand without quotes, whatever is around it. */
    private static final Pattern SIMPLE = Pattern.compile("[A-Za-z0-9_./](?:[A-Za-z0-9_./@*%+=-]|:(?=[A-Za-z0-9/]))*");

    private static final Pattern MARKER = Pattern.compile("(?m)^---(?=\\s|$)");
    /** It belongs to the document behind the marker. */
    private static final Pattern DIRECTIVE = Pattern.compile("(?m)^%");

    private static final Pattern ITEMS = Pattern.compile("(?m)^items:[ \\t\\r]*\\n(?=- )");
    private static final Pattern ITEM = Pattern.compile("(?m)^- ");
    private static final Pattern AFTER = Pattern.compile("(?m)^[^\\s#-]");
    private static final Pattern LIST_KIND = Pattern.compile("(?m)^kind: ([A-Za-z0-9]+)List\\s*$");

    private static final int LONG = 100_000;

    private final Words words;
    int comments;
    int secretValues;
    int texts;

    Rewriter(Words words) {
        this.words = words;
    }

    /** Notes the labels of a text, for {@link Words#label}. */
    void labels(String text, boolean json, String kind) throws Unreadable, NotCertain {
        rewrite(text, json, kind, (piece, redaction, documents, out) -> {});
    }

    /**
     * The text with stand-ins.
     *
     * @param json whether it is in JSON, and has a character for each byte
     * @param kind of objects that do not tell theirs; empty if not known
     */
    String rewrite(String text, boolean json, String kind) throws Unreadable, NotCertain {
        return rewrite(text, json, kind, (piece, redaction, documents, out) -> {
            new Copy(piece, json, redaction.changes(), out).copy(documents);
            secretValues += redaction.secretValues;
            texts += redaction.texts;
        });
    }

    private interface Use {
        void of(String piece, Redaction redaction, List<Written> documents, StringBuilder out) throws NotCertain;
    }

    private String rewrite(String text, boolean json, String kind, Use use) throws Unreadable, NotCertain {
        StringBuilder out = new StringBuilder();
        if (json) {
            piece(text, Written.json(text.getBytes(StandardCharsets.ISO_8859_1)), kind, use, out);
            return out.toString();
        }
        if (DIRECTIVE.matcher(text).find()) {
            piece(text, Written.yaml(text), kind, use, out);
            return out.toString();
        }
        int start = 0;
        for (int end : starts(MARKER, text, text.length())) {
            document(text.substring(start, end), kind, use, out);
            start = end;
        }
        return out.toString();
    }

    /** In pieces, if it is a long list that kubectl printed, so that not all of it is in memory as nodes. */
    private void document(String document, String itemKind, Use use, StringBuilder out) throws Unreadable, NotCertain {
        Matcher items = ITEMS.matcher(document);
        if (document.length() < LONG || !items.find()) {
            piece(document, Written.yaml(document), itemKind, use, out);
            return;
        }
        int before = out.length();
        Matcher after = AFTER.matcher(document);
        int end = after.find(items.end()) ? after.start() : document.length();
        Matcher kind = LIST_KIND.matcher(document.substring(0, items.start()) + document.substring(end));
        String listed = kind.find() ? kind.group(1) : itemKind;
        String list = document.substring(items.end(), end);
        try {
            String head = document.substring(0, items.end());
            piece(head, Written.yaml(head), "", use, out);
            int start = 0;
            for (int next : starts(ITEM, list, list.length())) {
                String item = list.substring(start, next);
                piece(item, Written.yaml(item), listed, use, out);
                start = next;
            }
            String tail = document.substring(end);
            piece(tail, Written.yaml(tail), "", use, out);
        } catch (Unreadable notInOrder) {
            out.setLength(before);
            piece(document, Written.yaml(document), itemKind, use, out);
        }
    }

    private void piece(String text, List<Written> documents, String listed, Use use, StringBuilder out)
            throws NotCertain {
        Redaction redaction = new Redaction(words);
        documents.forEach(document -> redaction.document(document, listed));
        use.of(text, redaction, documents, out);
    }

    private static List<Integer> starts(Pattern pattern, String text, int last) {
        List<Integer> starts = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            if (matcher.start() > 0) {
                starts.add(matcher.start());
            }
        }
        starts.add(last);
        return starts;
    }

    /** Copies one text. */
    private final class Copy {
        private final String text;
        private final boolean json;
        private final Map<Written, UnaryOperator<String>> changes;
        private final StringBuilder out;
        private int done;

        Copy(String text, boolean json, Map<Written, UnaryOperator<String>> changes, StringBuilder out) {
            this.text = text;
            this.json = json;
            this.changes = changes;
            this.out = out;
        }

        void copy(List<Written> nodes) throws NotCertain {
            for (Written node : nodes) {
                node(node);
            }
            between(text.length());
        }

        private void node(Written node) throws NotCertain {
            if (node.form() == Form.MAPPING || node.form() == Form.SEQUENCE) {
                for (Written child : node.children()) {
                    node(child);
                }
                return;
            }
            if (node.end() == node.start() && node.text().isEmpty()) {
                // A value that is not written.
                return;
            }
            int start = afterProperties(node);
            between(start);
            String source = text.substring(start, node.end());
            out.append(scalar(node, source, changes.getOrDefault(node, UnaryOperator.identity())));
            done = node.end();
        }

        /** Anchors and tags belong to what is between scalars. */
        private int afterProperties(Written node) {
            int at = node.start();
            while (!json
                    && node.form() != Form.ALIAS
                    && at < node.end()
                    && (text.charAt(at) == '&' || text.charAt(at) == '!')) {
                while (at < node.end() && !Character.isWhitespace(text.charAt(at))) {
                    at++;
                }
                while (at < node.end() && Character.isWhitespace(text.charAt(at))) {
                    at++;
                }
            }
            return at;
        }

        private void between(int end) throws NotCertain {
            if (end < done) {
                throw new NotCertain("its nodes overlap");
            }
            String gap = text.substring(done, end);
            done = end;
            if (json || gap.isEmpty()) {
                out.append(gap);
                return;
            }
            if (gap.indexOf('#') >= 0) {
                Matcher comment = COMMENT.matcher(gap);
                StringBuilder without = new StringBuilder();
                while (comment.find()) {
                    comments++;
                    comment.appendReplacement(without, "");
                }
                gap = TRAILING.matcher(comment.appendTail(without)).replaceAll("");
            }
            if (gap.indexOf('&') >= 0) {
                gap = ANCHOR.matcher(gap)
                        .replaceAll(found -> "&" + words.text(found.group().substring(1)));
            }
            if (!STRUCTURE.matcher(gap).matches()) {
                throw new NotCertain("it has tags or directives of its own");
            }
            out.append(gap);
        }

        private String scalar(Written node, String source, UnaryOperator<String> change) {
            if (node.form() == Form.ALIAS) {
                return "*" + words.text(node.text());
            }
            if (node.form() == Form.BLOCK) {
                return block(source, change);
            }
            String changed = change.apply(node.text());
            int breaks = (int) source.chars().filter(c -> c == '\n').count();
            if (changed.equals(node.text())) {
                return source;
            }
            boolean string = node.string() || !changed.matches("[0-9]+");
            if (node.form() == Form.PLAIN
                    && !json
                    && breaks == 0
                    && SIMPLE.matcher(changed).matches()
                    && Written.plainString(changed) == string) {
                return changed;
            }
            if (node.form() == Form.PLAIN && !string) {
                return changed;
            }
            String quoted = quoted(changed);
            if (breaks == 0) {
                return quoted;
            }
            String lineBreak = source.contains("\r\n") ? "\r\n" : "\n";
            String last = source.substring(source.lastIndexOf('\n') + 1);
            String indent =
                    last.substring(0, last.length() - last.stripLeading().length());
            return quoted.substring(0, quoted.length() - 1) + ("\\" + lineBreak + indent).repeat(breaks) + '"';
        }

        /** Line by line; of the header all but a comment. */
        private String block(String source, UnaryOperator<String> change) {
            int header = source.indexOf('\n') < 0 ? source.length() : source.indexOf('\n');
            String head = source.substring(0, header).replaceFirst("\\s.*", "");
            StringBuilder result = new StringBuilder(head);
            if (source.substring(0, header).endsWith("\r")) {
                result.append('\r');
            }
            String body = source.substring(header);
            return result.append(
                            Pattern.compile("[^\\s][^\\r\\n]*").matcher(body).replaceAll(line -> {
                                String changed = change.apply(line.group());
                                return Matcher.quoteReplacement(changed.isEmpty() ? "-" : changed);
                            }))
                    .toString();
        }

        private String quoted(String value) {
            StringBuilder quoted = new StringBuilder("\"");
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c == '"' || c == '\\') {
                    quoted.append('\\').append(c);
                } else if (c == '\n') {
                    quoted.append("\\n");
                } else if (c >= ' ' && c < 0x7F) {
                    quoted.append(c);
                } else if (!json && Character.isHighSurrogate(c) && i + 1 < value.length()) {
                    quoted.append(String.format("\\U%08X", value.codePointAt(i)));
                    i++;
                } else {
                    quoted.append(String.format("\\u%04X", (int) c));
                }
            }
            return quoted.append('"').toString();
        }
    }
}
