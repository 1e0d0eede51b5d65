package dev.sealane.facts;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A message whose places are turned into {@code file:line} only when it is printed.
 *
 * @param format with {@code %s} for each argument; {@code %%} for a percent sign
 * @param arguments a {@link Place} prints as file and line, a {@link Text} as itself, anything else by toString; never
 *     null
 */
public record Text(String format, List<Object> arguments) {
    public Text {
        arguments = List.copyOf(arguments);
    }

    public static Text of(String format, Object... arguments) {
        return new Text(format, Arrays.asList(arguments));
    }

    /** The first of some words, and how many more there are. */
    public static String list(List<String> words, int most) {
        String shown = words.stream().limit(most).collect(Collectors.joining(", "));
        return words.size() > most ? shown + " and " + (words.size() - most) + " more" : shown;
    }

    /** How sure a fact is that this text casts doubt on. */
    public Certainty certainty() {
        return format.isEmpty() ? Certainty.CERTAIN : Certainty.LIKELY;
    }

    /** This text with each place rendered by the given function. */
    public String render(Function<Place, String> place) {
        Object[] rendered = arguments.stream()
                .map(argument -> {
                    if (argument instanceof Place at) {
                        return place.apply(at);
                    }
                    return argument instanceof Text text ? text.render(place) : argument.toString();
                })
                .toArray();
        return String.format(java.util.Locale.ROOT, format, rendered);
    }

    /** With places as the object that they are in. */
    @Override
    public String toString() {
        return render(place -> place.resource() == null
                ? place.location().toString()
                : place.resource().ref().toString());
    }
}
