package dev.sealane.select;

import dev.sealane.facts.Selector;
import dev.sealane.facts.Selector.Operator;
import dev.sealane.facts.Selector.Requirement;
import dev.sealane.load.UsageError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads label selectors as kubectl's {@code -l} does (labels.Parse of apimachinery, without {@code <} and {@code >}). */
final class LabelSyntax {
    private static final String KEY = "([A-Za-z0-9](?:[-A-Za-z0-9_./]*[A-Za-z0-9])?)";
    private static final String VALUE = "((?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?)";
    private static final Pattern COMPARED = Pattern.compile(KEY + "\\s*(==|=|!=)\\s*" + VALUE);
    private static final Pattern ONE_OF = Pattern.compile(KEY + "\\s+(in|notin)\\s*\\(([^()]*)\\)");
    private static final Pattern PRESENT = Pattern.compile("(!?)\\s*" + KEY);
    private static final Pattern COMMA_OUTSIDE_PARENTHESES = Pattern.compile(",(?![^(]*\\))");

    private LabelSyntax() {}

    /** Whether it is meant as a label selector, not as a name. */
    static boolean looksLike(String text) {
        return text.matches("(?s).*[=!,()<>].*");
    }

    /** @throws UsageError if kubectl would reject it */
    static Selector parse(String text) {
        List<Requirement> requirements = new ArrayList<>();
        for (String part : COMMA_OUTSIDE_PARENTHESES.split(text)) {
            requirements.add(requirement(part.strip(), text));
        }
        return new Selector(Map.of(), requirements);
    }

    private static Requirement requirement(String part, String whole) {
        Matcher compared = COMPARED.matcher(part);
        if (compared.matches()) {
            Operator operator = compared.group(2).equals("!=") ? Operator.NOT_IN : Operator.IN;
            return new Requirement(compared.group(1), operator, List.of(compared.group(3)));
        }
        Matcher oneOf = ONE_OF.matcher(part);
        if (oneOf.matches()) {
            Operator operator = oneOf.group(2).equals("in") ? Operator.IN : Operator.NOT_IN;
            List<String> values = Arrays.stream(oneOf.group(3).split(",", -1))
                    .map(String::strip)
                    .toList();
            if (values.stream().allMatch(value -> value.matches(VALUE))) {
                return new Requirement(oneOf.group(1), operator, values);
            }
        }
        Matcher present = PRESENT.matcher(part);
        if (present.matches()) {
            Operator operator = present.group(1).isEmpty() ? Operator.EXISTS : Operator.DOES_NOT_EXIST;
            return new Requirement(present.group(2), operator, List.of());
        }
        throw new UsageError("\"" + part + "\" in \"" + whole
                + "\" is no condition on labels; there are key=value, key!=value, key in (a,b), key notin (a,b), key and"
                + " !key");
    }
}
