package dev.sealane.facts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A label selector: {@code matchLabels} and {@code matchExpressions}, all of which must hold. One without requirements
 * matches everything; what an absent selector means is for the field that holds it to say.
 *
 * @param matchLabels ordered by key
 */
public record Selector(Map<String, String> matchLabels, List<Requirement> matchExpressions) implements LabelExpression {
    public static final Selector EVERYTHING = new Selector(Map.of(), List.of());

    /** The operators of {@code metav1.LabelSelectorOperator}. */
    public enum Operator {
        IN("In"),
        NOT_IN("NotIn"),
        EXISTS("Exists"),
        DOES_NOT_EXIST("DoesNotExist");

        private final String word;

        Operator(String word) {
            this.word = word;
        }

        /** The operator that the API spells so, or null. */
        public static Operator of(String word) {
            for (Operator operator : values()) {
                if (operator.word.equals(word)) {
                    return operator;
                }
            }
            return null;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /**
     * One entry of {@code matchExpressions}.
     *
     * @param operator null if the API has no such operator: the requirement then matches nothing
     * @param values ordered as written
     */
    public record Requirement(String key, Operator operator, List<String> values) {
        public Requirement {
            values = List.copyOf(values);
        }

        /** As {@code Requirement.Matches} of apimachinery: NotIn holds where the label is absent. */
        public boolean matches(Labels labels) {
            if (operator == null) {
                return false;
            }
            String value = labels.get(key);
            switch (operator) {
                case IN:
                    return value != null && values.contains(value);
                case NOT_IN:
                    return value == null || !values.contains(value);
                case EXISTS:
                    return value != null;
                default:
                    return value == null;
            }
        }

        /** Why the API server would reject this, or null. */
        public String problem() {
            if (operator == null) {
                return "operator must be In, NotIn, Exists or DoesNotExist";
            }
            boolean wantsValues = operator == Operator.IN || operator == Operator.NOT_IN;
            if (wantsValues == values.isEmpty()) {
                return "operator " + operator + (wantsValues ? " needs values" : " takes no values");
            }
            return null;
        }

        @Override
        public String toString() {
            if (operator == null) {
                return key + " ?";
            }
            switch (operator) {
                case IN:
                    return key + " in (" + String.join(",", values) + ")";
                case NOT_IN:
                    return key + " notin (" + String.join(",", values) + ")";
                case EXISTS:
                    return key;
                default:
                    return "!" + key;
            }
        }
    }

    public Selector {
        matchLabels = Collections.unmodifiableMap(new TreeMap<>(matchLabels));
        matchExpressions = List.copyOf(matchExpressions);
    }

    public static Selector of(Map<String, String> matchLabels) {
        return new Selector(matchLabels, List.of());
    }

    @Override
    public boolean matches(Labels labels) {
        for (Map.Entry<String, String> wanted : matchLabels.entrySet()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                return false;
            }
        }
        for (Requirement requirement : matchExpressions) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it has no requirement, and so matches everything. */
    public boolean isEmpty() {
        return matchLabels.isEmpty() && matchExpressions.isEmpty();
    }

    @Override
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>(matchLabels.keySet());
        matchExpressions.forEach(requirement -> keys.add(requirement.key()));
        return keys;
    }

    /** As kubectl writes selectors: {@code app=web,tier in (a,b),!canary}; {@code {}} if empty. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        matchLabels.forEach((key, value) -> parts.add(key + "=" + value));
        matchExpressions.forEach(requirement -> parts.add(requirement.toString()));
        return parts.isEmpty() ? "{}" : String.join(",", parts);
    }
}
