package dev.sealane.redact;

import dev.sealane.facts.Kind;
import dev.sealane.facts.Spelling;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stand-ins for the words of a text. A word is a run of letters and digits, so the parts of {@code web-7c9d.shop.svc}
 * have the same stand-ins wherever they are; what is between words stays.
 */
final class Words {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}]+");

    /** What is no word, or must be looked at as a whole. */
    private static final Pattern PARTS = Pattern.compile(String.join(
            "|",
            "(?<time>\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)? ?(?:Z|[+-]\\d\\d:?\\d\\d)"
                    // As in names of files.
                    + "|(?<![0-9A-Za-z])\\d{4}-\\d\\d-\\d\\dT\\d\\d[-_]\\d\\d[-_]\\d\\d(?:Z(?:\\.\\d{4})?)?(?![0-9A-Za-z])"
                    + "|(?<![0-9A-Za-z])\\d{8}[-_]\\d{6}(?![0-9A-Za-z]))",
            "(?<uuid>\\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b)",
            "(?<mac>(?<![0-9A-Za-z:])[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}(?![0-9A-Za-z:]))",
            "(?<v6>(?<![0-9A-Za-z:.])(?=[0-9a-fA-F:]*:[0-9a-fA-F:]*:)[0-9a-fA-F:]+(?:\\d+(?:\\.\\d+){3})?(?:/\\d{1,3})?(?![0-9A-Za-z]))",
            "(?<v4>(?<![0-9A-Za-z])(?<![0-9]\\.)\\d{1,3}(?:\\.\\d{1,3}){3}(?:/\\d{1,2})?(?![0-9A-Za-z]))",
            "(?<dashed>(?<![0-9A-Za-z])(?<![0-9]-)\\d{1,3}(?:-\\d{1,3}){3}(?![0-9A-Za-z])(?!-\\d))",
            "(?<known>(?<![0-9A-Za-z.-])(?:[a-z0-9-]+\\.)*(?:kubernetes|k8s)\\.io/[A-Za-z0-9._-]+)",
            "(?<word>[\\p{L}\\p{N}\\p{M}]+)"));

    /** Versions, quantities and short numbers. */
    private static final Pattern PLAIN =
            Pattern.compile("\\d{1,5}|v\\d{1,8}(?:(?:alpha|beta)\\d{1,2})?|\\d{1,9}(?:m|k|Ki|M|Mi|G|Gi|Ti|n|ms|s|h)");

    private static final Pattern KEPT = Pattern.compile("\\\\(?:u[0-9a-fA-F]{4}|[\"\\\\/bfnrt])"
            + "|(?<![0-9A-Za-z])v1\\.\\d{1,3}\\.\\d{1,3}"
            + "(?:[-+](?:eks|gke|aks|k3s|k0s|rke2|rancher|vmware|alpha|beta|rc)[A-Za-z0-9.+-]*)?");

    private static final Set<String> PUBLIC = publicWords();

    private final Key key;
    final Addresses addresses;
    private final Map<String, String> standIns = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    /** Words of labels, by which slips of the pen are recognised. */
    private final List<String> labelWords = new ArrayList<>();

    Words(Key key) {
        this.key = key;
        this.addresses = new Addresses(key);
    }

    /** How many different ones were replaced. */
    int count() {
        return standIns.size();
    }

    static boolean isPublic(String word) {
        return PUBLIC.contains(word.toLowerCase(Locale.ROOT))
                || PLAIN.matcher(word).matches();
    }

    private static Set<String> publicWords() {
        Set<String> words = new HashSet<>();
        lines(Words.class, "public-words.txt").forEach(line -> add(line, words));
        Kind.KNOWN.forEach(kind -> words.addAll(List.of(kind.name().toLowerCase(Locale.ROOT), kind.plural())));
        // What the findings look up in the tables, without the columns that say where it is from.
        for (String table : List.of("cni.txt", "ingress-controllers.txt", "custom-resources.txt")) {
            lines(Words.class, "/knowledge/" + table)
                    .forEach(line -> add(line.substring(0, Math.max(0, line.lastIndexOf('|'))), words));
        }
        return words;
    }

    private static void add(String line, Set<String> words) {
        Matcher matcher = WORD.matcher(line.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            words.add(matcher.group());
        }
    }

    /** Without comments. */
    static List<String> lines(Class<?> near, String resource) {
        try (var reader =
                new BufferedReader(new InputStreamReader(near.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes the words of a label's value. This comes before anything is replaced. */
    void label(String text) {
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            String word = matcher.group();
            if (word.chars().allMatch(c -> c >= 'a' && c <= 'z') && word.length() > 2) {
                if (!isPublic(word)) {
                    standIn(word, true);
                } else if (!labelWords.contains(word)) {
                    labelWords.add(word);
                }
            }
        }
    }

    /** The text with a stand-in for each word that is not public. */
    String text(String text) {
        return text(text, false);
    }

    /** The same for a text that tells about a dump: versions of servers stay as well, and what a backslash escapes. */
    String evidence(String text) {
        Matcher kept = KEPT.matcher(text);
        StringBuilder result = new StringBuilder(text.length() + 16);
        int done = 0;
        while (kept.find()) {
            result.append(text(text.substring(done, kept.start()))).append(kept.group());
            done = kept.end();
        }
        return result.append(text(text.substring(done))).toString();
    }

    /** The name of a file or folder, without what has a meaning in paths. */
    String fileName(String name) {
        String plain = text(name).replaceAll("[^A-Za-z0-9 ._()@=+,~-]", "_");
        return plain.matches("\\.*") ? "_" : plain.substring(0, Math.min(200, plain.length()));
    }

    /** The same for a text in which short numbers, too, may be secrets. */
    String secretive(String text) {
        return text(text, true);
    }

    private String text(String text, boolean secretive) {
        Matcher parts = PARTS.matcher(text);
        StringBuilder result = new StringBuilder(text.length() + 16);
        int done = 0;
        while (parts.find()) {
            result.append(text, done, parts.start());
            result.append(part(parts, secretive && !(parts.start() > 0 && text.charAt(parts.start() - 1) == ':')));
            done = parts.end();
        }
        return result.append(text, done, text.length()).toString();
    }

    private String part(Matcher parts, boolean secretive) {
        String part = parts.group();
        if (parts.group("word") != null) {
            return word(part, secretive);
        }
        if (parts.group("time") != null || parts.group("known") != null) {
            return part;
        }
        if (parts.group("uuid") != null) {
            String hex = hex("uuid " + part.toLowerCase(Locale.ROOT), 32);
            return hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12, 16) + "-"
                    + hex.substring(16, 20) + "-" + hex.substring(20);
        }
        if (parts.group("mac") != null) {
            return hex("mac " + part.toLowerCase(Locale.ROOT), 12).replaceAll("..(?=.)", "$0:");
        }
        if (parts.group("dashed") != null) {
            String dotted = part.replace('-', '.');
            return addresses
                    .replace(dotted)
                    .map(found -> found.replace('.', '-'))
                    .orElseGet(() -> digits(part));
        }
        return addresses.replace(part).orElseGet(() -> words(part, secretive));
    }

    private String words(String text, boolean secretive) {
        return WORD.matcher(text).replaceAll(found -> Matcher.quoteReplacement(word(found.group(), secretive)));
    }

    private String digits(String text) {
        return Pattern.compile("\\d+").matcher(text).replaceAll(found -> number(found.group()));
    }

    private String word(String word, boolean secretive) {
        if (secretive && word.chars().allMatch(Character::isDigit)) {
            return number(word);
        }
        return isPublic(word) ? word : replace(word);
    }

    private String replace(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (word.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return number(word);
        }
        if (lower.length() >= 12 && lower.matches("[0-9a-f]*[0-9][0-9a-f]*")) {
            return hex("hex " + lower, Math.min(64, lower.length()));
        }
        if (word.equals(lower)) {
            return standIn(lower, false);
        }
        if (word.equals(word.toUpperCase(Locale.ROOT))) {
            return standIn(lower, false).toUpperCase(Locale.ROOT);
        }
        String standIn = word.equals(Character.toUpperCase(word.charAt(0)) + lower.substring(1))
                ? standIn(lower, false)
                : standIn(word, false);
        return Character.toUpperCase(standIn.charAt(0)) + standIn.substring(1);
    }

    private String standIn(String word, boolean label) {
        String known = standIns.get(word);
        if (known != null) {
            return known;
        }
        String near = label ? slipOf(word) : null;
        for (int attempt = 0; ; attempt++) {
            String candidate =
                    near == null ? token(word, attempt) : slip(standIns.getOrDefault(near, near), word, attempt);
            if (!isPublic(candidate) && taken.add(candidate)) {
                standIns.put(word, candidate);
                if (label) {
                    labelWords.add(word);
                }
                return candidate;
            }
        }
    }

    /** A letter, then letters and digits: part of a name, a label or a variable. */
    private String token(String word, int attempt) {
        byte[] bytes = key.bytes("word " + attempt + " " + word);
        StringBuilder token = new StringBuilder();
        token.append((char) ('a' + (bytes[0] & 0xFF) % 26));
        for (int i = 1; i < 7; i++) {
            token.append("abcdefghijklmnopqrstuvwxyz234567".charAt(bytes[i] & 31));
        }
        return token.toString();
    }

    /** A stand-in with one letter changed, since a finding may be that one label is nearly another. */
    private String slip(String standIn, String word, int attempt) {
        byte[] bytes = key.bytes("slip " + attempt + " " + word);
        int at = 1 + (bytes[0] & 0xFF) % (standIn.length() - 1);
        return standIn.substring(0, at) + (char) ('a' + (bytes[1] & 0xFF) % 26) + standIn.substring(at + 1);
    }

    /** A word of a label that this one is nearly; null if there is none. */
    private String slipOf(String word) {
        return labelWords.size() > 2_000
                ? null
                : labelWords.stream()
                        .filter(other -> nearly(word, other))
                        .findFirst()
                        .orElse(null);
    }

    /** As the findings call one label nearly another: few edits, or something added. */
    private static boolean nearly(String one, String other) {
        return one.startsWith(other)
                || other.startsWith(one)
                || Spelling.edits(one, other) <= Math.max(1, Math.min(one.length(), other.length()) / 3);
    }

    private String number(String digits) {
        byte[] bytes = key.bytes("number " + digits);
        StringBuilder number = new StringBuilder();
        for (int i = 0; i < digits.length(); i++) {
            int digit = (bytes[i % bytes.length] & 0xFF) % 10;
            number.append(i == 0 && digit == 0 ? 1 : digit);
        }
        return number.toString();
    }

    private String hex(String text, int length) {
        StringBuilder hex = new StringBuilder();
        for (byte part : key.bytes(text)) {
            hex.append(String.format("%02x", part));
        }
        return hex.substring(0, length);
    }
}
