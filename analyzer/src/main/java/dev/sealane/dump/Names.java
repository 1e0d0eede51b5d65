package dev.sealane.dump;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds layouts among the names of files. */
final class Names {
    /** So many folders may be around a dump, such as those of an archive. Deeper ones are somebody's test data. */
    static final int DEPTH = 3;

    private Names() {}

    /**
     * What precedes some of these folders or files in names, the shortest first: empty, or ending in a slash.
     *
     * @param starts with what the names go on, such as {@code resources/ns/}
     */
    static List<String> roots(Collection<String> names, String... starts) {
        TreeSet<String> roots =
                new TreeSet<>(Comparator.comparingInt(String::length).thenComparing(root -> root));
        for (String start : starts) {
            String inside = "/" + start;
            for (String name : names) {
                int at = name.startsWith(start) ? 0 : name.indexOf(inside) + 1;
                if ((at > 0 || name.startsWith(start)) && depth(name, at) <= DEPTH) {
                    roots.add(name.substring(0, at));
                }
            }
        }
        return List.copyOf(roots);
    }

    private static long depth(String name, int end) {
        return name.substring(0, end).chars().filter(c -> c == '/').count();
    }

    /** How many of the patterns match the beginning of some name below the root. */
    static int matching(Collection<String> names, String root, List<Pattern> patterns) {
        return (int) patterns.stream()
                .filter(pattern -> names.stream()
                        .filter(name -> name.startsWith(root))
                        .anyMatch(name ->
                                pattern.matcher(name.substring(root.length())).lookingAt()))
                .count();
    }

    static List<Pattern> patterns(String... patterns) {
        return List.of(patterns).stream().map(Pattern::compile).toList();
    }
}
