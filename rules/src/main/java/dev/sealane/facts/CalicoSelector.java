package dev.sealane.facts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A selector of Calico's own language: {@code has(tier) && role in {"db", "cache"} || !(app == 'web')}. From the loosest
 * to the tightest: {@code ||}, {@code &&}, {@code !}. A label that is absent is unequal to everything and in no set.
 */
public final class CalicoSelector implements LabelExpression {
    /** No key of a label. */
    private static final String GLOBAL = "global()";

    /** Whatever is in no namespace, to a selector of namespaces. */
    public static final Labels NO_NAMESPACE = Labels.of(Map.of(GLOBAL, ""));

    private static final Node ALL = new Node(Set.of(), labels -> !labels.has(GLOBAL));

    /** Brackets inside each other; people write few. */
    private static final int MAX_DEPTH = 100;

    /** A part of the expression. */
    private record Node(Set<String> keys, Predicate<Labels> matches) {}

    private final String text;
    private final Node root;

    private CalicoSelector(String text, Node root) {
        this.text = text;
        this.root = root;
    }

    /**
     * Reads a selector. An empty one matches everything.
     *
     * @throws IllegalArgumentException with the reason, if Calico does not take it
     */
    public static CalicoSelector parse(String text) {
        return parse(text, new Parser(text, false));
    }

    /**
     * Reads a selector of namespaces, where {@code projectcalico.org/name} is the namespace's name.
     *
     * @throws IllegalArgumentException with the reason, if Calico does not take it
     */
    public static CalicoSelector parseNamespaces(String text) {
        return parse(text, new Parser(text, true));
    }

    private static CalicoSelector parse(String text, Parser parser) {
        return new CalicoSelector(text, text.isBlank() ? ALL : parser.whole());
    }

    @Override
    public boolean matches(Labels labels) {
        return root.matches().test(labels);
    }

    @Override
    public Set<String> keys() {
        return root.keys();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CalicoSelector && text.equals(((CalicoSelector) other).text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    /** Goes through the text from left to right. */
    private static final class Parser {
        private final String text;
        private final boolean namespaces;
        private int at;

        private Parser(String text, boolean namespaces) {
            this.text = text;
            this.namespaces = namespaces;
        }

        private Node whole() {
            Node node = either(0);
            blanks();
            if (at < text.length()) {
                throw error("something stands behind the end");
            }
            return node;
        }

        private Node either(int depth) {
            List<Node> parts = new ArrayList<>();
            do {
                parts.add(both(depth));
            } while (skip("||"));
            return parts.size() == 1
                    ? parts.get(0)
                    : new Node(
                            keys(parts),
                            labels -> parts.stream()
                                    .anyMatch(part -> part.matches().test(labels)));
        }

        private Node both(int depth) {
            List<Node> parts = new ArrayList<>();
            do {
                parts.add(operation(depth));
            } while (skip("&&"));
            return parts.size() == 1
                    ? parts.get(0)
                    : new Node(
                            keys(parts),
                            labels -> parts.stream()
                                    .allMatch(part -> part.matches().test(labels)));
        }

        private static Set<String> keys(List<Node> parts) {
            Set<String> keys = new HashSet<>();
            parts.forEach(part -> keys.addAll(part.keys()));
            return Set.copyOf(keys);
        }

        private Node operation(int depth) {
            if (depth > MAX_DEPTH) {
                throw error("too many brackets");
            }
            boolean negated = false;
            while (!ahead("!=") && skip("!")) {
                negated = !negated;
            }
            Node node;
            if (skip("(")) {
                node = either(depth + 1);
                expect(")");
            } else if (skip("has(")) {
                String key = key();
                expect(")");
                node = new Node(Set.of(key), labels -> labels.has(key));
            } else if (skip("all(")) {
                expect(")");
                node = ALL;
            } else if (skip("global(")) {
                expect(")");
                node = new Node(Set.of(), labels -> labels.has(GLOBAL));
            } else {
                node = comparison(key());
            }
            return negated ? new Node(node.keys(), node.matches().negate()) : node;
        }

        private Node comparison(String key) {
            if (skip("==")) {
                String wanted = string();
                return present(key, wanted::equals);
            }
            if (skip("!=")) {
                String wanted = string();
                return absentOr(key, wanted::equals);
            }
            if (skip("contains")) {
                String wanted = string();
                return present(key, value -> value.contains(wanted));
            }
            if (skip("starts")) {
                expect("with");
                String wanted = string();
                return present(key, value -> value.startsWith(wanted));
            }
            if (skip("ends")) {
                expect("with");
                String wanted = string();
                return present(key, value -> value.endsWith(wanted));
            }
            if (skip("not")) {
                expect("in");
                return absentOr(key, strings()::contains);
            }
            if (skip("in")) {
                return present(key, strings()::contains);
            }
            throw error("no operator behind a label");
        }

        private static Node present(String key, Predicate<String> value) {
            return new Node(Set.of(key), labels -> labels.has(key) && value.test(labels.get(key)));
        }

        private static Node absentOr(String key, Predicate<String> not) {
            return new Node(Set.of(key), labels -> !labels.has(key) || !not.test(labels.get(key)));
        }

        private String key() {
            blanks();
            int start = at;
            while (at < text.length() && isKeyPart(text.charAt(at))) {
                at++;
            }
            if (start == at) {
                throw error("a label is missing");
            }
            String key = text.substring(start, at);
            return namespaces && key.equals("projectcalico.org/name") ? Namespace.NAME_LABEL : key;
        }

        private static boolean isKeyPart(char c) {
            return c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '_'
                    || c == '.'
                    || c == '/'
                    || c == '-';
        }

        /** There are no escapes. */
        private String string() {
            blanks();
            char quote = at < text.length() ? text.charAt(at) : ' ';
            int end = quote == '"' || quote == '\'' ? text.indexOf(quote, at + 1) : -1;
            if (end < 0) {
                throw error("a quoted string is missing");
            }
            String value = text.substring(at + 1, end);
            at = end + 1;
            return value;
        }

        /** Without duplicates; a comma may end it. */
        private List<String> strings() {
            expect("{");
            Set<String> values = new HashSet<>();
            while (!skip("}")) {
                values.add(string());
                if (!skip(",") && !ahead("}")) {
                    throw error("} is missing");
                }
            }
            return List.copyOf(values);
        }

        private void expect(String word) {
            if (!skip(word)) {
                throw error(word + " is missing");
            }
        }

        private boolean ahead(String word) {
            blanks();
            return text.startsWith(word, at);
        }

        private boolean skip(String word) {
            if (ahead(word)) {
                at += word.length();
                return true;
            }
            return false;
        }

        private void blanks() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
        }

        private IllegalArgumentException error(String reason) {
            return new IllegalArgumentException(reason + " at character " + (at + 1));
        }
    }
}
