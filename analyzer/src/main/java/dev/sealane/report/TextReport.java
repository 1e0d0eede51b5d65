package dev.sealane.report;

import dev.sealane.check.Baseline;
import dev.sealane.check.NotChecked;
import dev.sealane.finding.Rule;
import dev.sealane.finding.Severity;
import dev.sealane.load.InputRules;
import dev.sealane.load.Skipped;
import dev.sealane.report.Report.Entry;
import dev.sealane.report.Report.Related;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Findings for people: each with its line of the source, then what was looked at and what was not. */
public final class TextReport {
    /** How much of what could be long is shown without {@code -v}. */
    private static final int SHORT = 3;

    private static final String RED = "\u001b[1;31m";
    private static final String YELLOW = "\u001b[1;33m";
    private static final String CYAN = "\u001b[1;36m";
    private static final String BLUE = "\u001b[34m";
    private static final String BOLD = "\u001b[1m";
    private static final String RESET = "\u001b[0m";

    private final Report report;
    private final boolean verbose;
    private final boolean colour;
    private final Excerpts excerpts;
    private final StringBuilder out = new StringBuilder();

    private TextReport(Report report, boolean verbose, boolean colour) {
        this.report = report;
        this.verbose = verbose;
        this.colour = colour;
        this.excerpts = new Excerpts(report.locations());
    }

    /**
     * @param verbose also what is left out for length: documents that are no Kubernetes objects, every place of a
     *     repeated finding, excerpts of notes, every reason why something was not checked
     * @param colour with the terminal's colours
     */
    public static String render(Report report, boolean verbose, boolean colour) {
        return new TextReport(report, verbose, colour).render();
    }

    /** Whether an entry is one of the many that say no more than that something was passed over. */
    public static boolean minor(Entry entry) {
        return entry.rule().id().equals(InputRules.SYN004.id());
    }

    private String render() {
        for (List<Entry> group : groups()) {
            finding(group.getFirst(), group.subList(1, group.size()));
            out.append('\n');
        }
        counts();
        baseline();
        skipped();
        notChecked();
        return out.toString();
    }

    /** Findings of one rule with the same message, such as one about the cluster, are one group. */
    private Iterable<List<Entry>> groups() {
        record Key(Rule rule, Severity severity, String message) {}
        Map<Key, List<Entry>> groups = new LinkedHashMap<>();
        for (Entry entry : report.entries()) {
            if (verbose || !minor(entry)) {
                groups.computeIfAbsent(
                                new Key(entry.rule(), entry.severity(), entry.message()), key -> new ArrayList<>())
                        .add(entry);
            }
        }
        return groups.values();
    }

    /** @param others findings with the same message */
    private void finding(Entry entry, List<Entry> others) {
        boolean telling = entry.severity() != Severity.NOTE || verbose && !minor(entry);
        Optional<Excerpt> excerpt = telling ? excerpts.of(entry.finding().place(), entry.location()) : Optional.empty();
        int lastLine = entry.location().line()
                + excerpt.map(shown -> shown.lines().size() - 1).orElse(0);
        int digits = Integer.toString(lastLine).length();
        String margin = " ".repeat(digits + 2);

        String head = entry.severity().word() + "[" + entry.rule().id() + "]";
        out.append(paint(colour(entry.severity()), head));
        out.append(' ').append(paint(BOLD, entry.rule().slug() + ": " + Visible.of(entry.message())));
        out.append('\n').append(" ".repeat(digits + 1)).append(paint(BLUE, "-->"));
        out.append(' ').append(LineReport.position(entry.location()));
        if (entry.ref() != null) {
            out.append("  ").append(Visible.of(entry.ref().toString()));
        }
        out.append('\n');
        excerpt.ifPresent(shown -> excerpt(shown, entry, digits));
        related(entry.related(), margin);
        if (!others.isEmpty()) {
            remark(margin, "the same at " + others.size() + " more: " + places(others));
        }
    }

    private void excerpt(Excerpt excerpt, Entry entry, int digits) {
        String bar = " ".repeat(digits + 2) + paint(BLUE, "|");
        out.append(bar).append('\n');
        for (int i = 0; i < excerpt.lines().size(); i++) {
            String number = String.format("%" + digits + "d |", entry.location().line() + i);
            out.append(' ').append(paint(BLUE, number));
            out.append(' ').append(excerpt.lines().get(i)).append('\n');
            if (i == 0) {
                String mark = paint(colour(entry.severity()), excerpt.mark());
                out.append(bar).append(' ').append(mark).append('\n');
            }
        }
    }

    private void related(List<Related> all, String margin) {
        int shown = verbose ? all.size() : Math.min(SHORT, all.size());
        for (Related related : all.subList(0, shown)) {
            remark(margin, LineReport.position(related.location()) + ": " + Visible.of(related.message()));
        }
        if (shown < all.size()) {
            remark(margin, "and " + (all.size() - shown) + " more (-v shows them)");
        }
    }

    private String places(List<Entry> entries) {
        int shown = verbose ? entries.size() : Math.min(SHORT, entries.size());
        String places = entries.subList(0, shown).stream()
                .map(entry -> Visible.of(entry.location().toString()))
                .collect(Collectors.joining(", "));
        return shown < entries.size() ? places + ", ... (-v shows them)" : places;
    }

    private void remark(String margin, String text) {
        out.append(margin).append(paint(BLUE, "=")).append(' ').append(text).append('\n');
    }

    private void counts() {
        List<String> counts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            int count = report.count(severity);
            if (count > 0) {
                counts.add(paint(colour(severity), count(count, severity.word())));
            }
        }
        boolean nothing = counts.isEmpty() && report.summary().objects() == 0;
        out.append(nothing ? "nothing to check" : counts.isEmpty() ? "no findings" : String.join(", ", counts))
                .append(". Checked ")
                .append(count(report.summary().objects(), "object"))
                .append(" of ")
                .append(count(report.summary().files(), "file"))
                .append(String.format(
                        Locale.ROOT, " in %.2f s.\n", report.summary().elapsed().toNanos() / 1e9));
    }

    private void baseline() {
        Baseline baseline = report.summary().baseline();
        if (baseline == null) {
            return;
        }
        out.append("Against ")
                .append(count(baseline.objects(), "object"))
                .append(" of ")
                .append(Visible.of(baseline.path()))
                .append(": ")
                .append(baseline.replaced())
                .append(" replaced, ")
                .append(baseline.dropped())
                .append(" made anew by controllers; ")
                .append(count(baseline.known().size(), "finding"))
                .append(" that it had before not listed")
                .append(baseline.readable() ? "" : "; not all of it could be read")
                .append(".\n");
    }

    private void skipped() {
        Map<String, List<Skipped>> reasons = new LinkedHashMap<>();
        for (Skipped skipped : report.skipped()) {
            reasons.computeIfAbsent(skipped.reason(), reason -> new ArrayList<>())
                    .add(skipped);
        }
        section(
                "skipped",
                reasons.entrySet().stream()
                        .sorted(Comparator.comparing(entry -> -skipped(entry.getValue())))
                        .map(entry -> skipped(entry.getValue()) + " " + Visible.of(entry.getKey()) + ": "
                                + some(entry.getValue().stream()
                                        .map(skipped -> Visible.of(
                                                skipped.file() + (skipped.line() > 0 ? ":" + skipped.line() : "")))
                                        .toList()))
                        .toList());
    }

    private static int skipped(List<Skipped> all) {
        return all.stream().mapToInt(Skipped::count).sum();
    }

    private void notChecked() {
        record Reason(String reason, String collect) {}
        Map<Reason, Set<String>> reasons = new LinkedHashMap<>();
        for (NotChecked notChecked : report.notChecked()) {
            reasons.computeIfAbsent(
                            new Reason(notChecked.reason(), notChecked.collect()), reason -> new LinkedHashSet<>())
                    .add(notChecked.rule().id());
        }
        section(
                "not checked",
                reasons.entrySet().stream()
                        .sorted(Comparator.comparing(entry -> -entry.getValue().size()))
                        .map(entry -> some(List.copyOf(entry.getValue())) + ": "
                                + Visible.of(entry.getKey().reason() + " ("
                                        + entry.getKey().collect() + ")"))
                        .toList());
    }

    private void section(String title, List<String> lines) {
        int shown = verbose ? lines.size() : Math.min(SHORT, lines.size());
        if (shown > 0) {
            out.append(title).append(":\n");
        }
        for (String line : lines.subList(0, shown)) {
            out.append("  ").append(line).append('\n');
        }
        if (shown < lines.size()) {
            out.append("  and ")
                    .append(count(lines.size() - shown, "more reason"))
                    .append(" (-v shows them)\n");
        }
    }

    /** The first few, unless all are asked for. */
    private String some(List<String> words) {
        int shown = verbose ? words.size() : Math.min(2 * SHORT, words.size());
        String text = String.join(", ", words.subList(0, shown));
        return shown < words.size() ? text + " and " + (words.size() - shown) + " more" : text;
    }

    private String paint(String code, String text) {
        return colour ? code + text + RESET : text;
    }

    private static String colour(Severity severity) {
        return switch (severity) {
            case ERROR -> RED;
            case WARNING -> YELLOW;
            case NOTE -> CYAN;
        };
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
