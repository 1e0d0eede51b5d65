package dev.sealane.intent;

import dev.sealane.intent.Assertion.Kind;
import dev.sealane.load.UsageError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads assertions, one a line: {@code allow: shop/web -> shop/api:8080}. A {@code #} begins a comment. */
public final class IntentFile {
    private static final String ARROW = "->";
    private static final String NAMESPACE_LABELS = "namespace:";

    private IntentFile() {}

    /**
     * The assertions of a text.
     *
     * @param file for messages
     * @throws UsageError at the first line that cannot be read, and if there is none
     */
    public static List<Assertion> parse(String text, String file) {
        List<Assertion> assertions = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\r?\n", -1)) {
            number++;
            String content = withoutComment(line).strip();
            if (!content.isEmpty()) {
                assertions.add(assertion(content, number, file));
            }
        }
        if (assertions.isEmpty()) {
            throw new UsageError(file + " has no assertion, such as: allow: shop/web -> shop/api:8080");
        }
        return assertions;
    }

    private static String withoutComment(String line) {
        for (int at = line.indexOf('#'); at >= 0; at = line.indexOf('#', at + 1)) {
            if (at == 0 || Character.isWhitespace(line.charAt(at - 1))) {
                return line.substring(0, at);
            }
        }
        return line;
    }

    private static Assertion assertion(String text, int line, String file) {
        int colon = text.indexOf(':');
        Optional<Kind> kind =
                colon < 0 ? Optional.empty() : kind(text.substring(0, colon).strip());
        int arrow = text.indexOf(ARROW, colon + 1);
        if (kind.isEmpty() || arrow < 0) {
            throw new UsageError(file + ":" + line + ": \"" + text
                    + "\" is no assertion; the form is allow|deny|only: SELECTOR -> SELECTOR[:PORT[/PROTOCOL]]");
        }
        String from = text.substring(colon + 1, arrow).strip();
        String to = text.substring(arrow + ARROW.length()).strip();
        if (from.isEmpty() || to.isEmpty()) {
            throw new UsageError(file + ":" + line + ": a selector is missing beside " + ARROW);
        }
        int split = portAt(to);
        Ports ports = split < 0
                ? Ports.UNSAID
                : Ports.parse(to.substring(split + 1))
                        .orElseThrow(() -> new UsageError(file + ":" + line + ": \"" + to.substring(split + 1)
                                + "\" is no port; the forms are 8080, 8000-8100, http, and each with /UDP or /SCTP"));
        String selector = split < 0 ? to : to.substring(0, split).strip();
        boolean bracketed = selector.startsWith("[") && selector.endsWith("]");
        return new Assertion(
                line,
                text,
                kind.get(),
                from,
                bracketed ? selector.substring(1, selector.length() - 1) : selector,
                ports);
    }

    private static Optional<Kind> kind(String word) {
        for (Kind kind : Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Where the colon before the port is, or -1. An IPv6 address with a port is written in brackets. */
    private static int portAt(String to) {
        if (to.startsWith("[")) {
            int close = to.indexOf(']');
            return close >= 0 && close + 1 < to.length() && to.charAt(close + 1) == ':' ? close + 1 : -1;
        }
        int from = to.startsWith(NAMESPACE_LABELS) ? NAMESPACE_LABELS.length() : 0;
        int first = to.indexOf(':', from);
        return first == to.lastIndexOf(':') ? first : -1;
    }
}
