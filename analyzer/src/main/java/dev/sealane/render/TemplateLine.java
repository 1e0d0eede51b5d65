package dev.sealane.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A line of a template, and which lines it can become.
 *
 * @param text without the blanks around it
 * @param indent how many blanks are before it
 * @param literals what stands before, between and behind its actions, one more than there are; just the text if there
 *     is no action
 * @param output whether one of the actions prints something
 */
record TemplateLine(String text, int indent, List<String> literals, boolean output) {
    /** Words that an action begins with which prints nothing itself. */
    private static final Set<String> SILENT =
            Set.of("if", "else", "end", "range", "with", "define", "block", "break", "continue", "/*", "fail");

    /** How well a rendered line fits. */
    enum Fit {
        /** It is the line, but for the blanks around it. */
        SAME,
        /** It agrees in what is literal, or in its key. */
        PART,
        /** It may come from an action that prints whole lines. */
        ACTION,
        NONE
    }

    static List<TemplateLine> all(List<String> lines) {
        List<TemplateLine> all = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            TemplateLine read = of(line, inside);
            inside = endsInside(line, inside);
            all.add(read);
        }
        return all;
    }

    private static boolean endsInside(String line, boolean inside) {
        int opened = line.lastIndexOf("{{");
        int closed = line.lastIndexOf("}}");
        return opened < 0 && closed < 0 ? inside : opened > closed;
    }

    /** @param inside whether an action that began in a line before goes on */
    private static TemplateLine of(String line, boolean inside) {
        String text = line.strip();
        int indent = line.length() - line.stripLeading().length();
        List<String> literals = new ArrayList<>();
        boolean output = false;
        String rest = text;
        if (inside) {
            int close = rest.indexOf("}}");
            literals.add("");
            rest = close < 0 ? "" : rest.substring(close + 2);
        }
        for (int open = rest.indexOf("{{"); open >= 0; open = rest.indexOf("{{")) {
            String before = rest.substring(0, open);
            boolean trims = rest.startsWith("{{-", open);
            literals.add(trims ? before.stripTrailing() : before);
            int close = rest.indexOf("}}", open);
            String action = close < 0 ? rest.substring(open + 2) : rest.substring(open + 2, close);
            output |= prints(action);
            rest = close < 0 ? "" : rest.substring(close + 2);
            rest = action.endsWith("-") ? rest.stripLeading() : rest;
        }
        literals.add(rest);
        return new TemplateLine(text, indent, List.copyOf(literals), output);
    }

    private static boolean prints(String action) {
        String words = action.replaceFirst("^-?\\s*", "");
        String first = words.split("[\\s}]", 2)[0];
        boolean assigns = words.matches("\\$\\w*\\s*:?=.*");
        return !assigns && !words.startsWith("/*") && !SILENT.contains(first);
    }

    boolean template() {
        return literals.size() > 1;
    }

    /** Whether something may come of it. */
    boolean content() {
        return output || literals.stream().anyMatch(literal -> !literal.isBlank());
    }

    /** How many characters of it are what they will be. */
    int literal() {
        return literals.stream().mapToInt(literal -> literal.strip().length()).sum();
    }

    /** @param rendered without the blanks around it, not empty */
    Fit fit(String rendered) {
        if (!template()) {
            if (text.equals(rendered)) {
                return Fit.SAME;
            }
            String key = key(text);
            return !key.isEmpty() && key.equals(key(rendered)) ? Fit.PART : Fit.NONE;
        }
        if (literal() == 0) {
            return output ? Fit.ACTION : Fit.NONE;
        }
        if (agrees(rendered)) {
            return Fit.PART;
        }
        String first = literals.getFirst().strip();
        return !first.isEmpty() && rendered.startsWith(first) ? Fit.PART : Fit.NONE;
    }

    /** Whether the rendered line has all literals in their order. */
    private boolean agrees(String rendered) {
        String first = literals.getFirst();
        String last = literals.getLast();
        if (!rendered.startsWith(first.strip()) || !rendered.endsWith(last.strip())) {
            return false;
        }
        int at = first.strip().length();
        for (String literal : literals.subList(1, literals.size())) {
            int found = rendered.indexOf(literal.strip(), at);
            if (found < 0) {
                return false;
            }
            at = found + literal.strip().length();
        }
        return true;
    }

    /** Where in {@link #text} the part ends that a rendered line begins with as well. */
    int common(String rendered) {
        int most = Math.min(text.length(), rendered.length());
        int at = 0;
        while (at < most && text.charAt(at) == rendered.charAt(at)) {
            at++;
        }
        return at;
    }

    /** The line up to the colon behind a key; empty if it has none. */
    private static String key(String line) {
        int at = line.startsWith("- ") ? 2 : 0;
        int colon = line.indexOf(':', at);
        boolean ends = colon > at && (colon + 1 == line.length() || line.charAt(colon + 1) == ' ');
        return ends && line.charAt(at) != '#' ? line.substring(0, colon + 1) : "";
    }
}
