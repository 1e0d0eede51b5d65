package dev.sealane.report;

import dev.sealane.check.NotChecked;
import dev.sealane.facts.Coverage;
import dev.sealane.facts.Coverage.State;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Text;
import dev.sealane.finding.Rule;
import dev.sealane.link.Ledger;
import dev.sealane.load.Capture;
import dev.sealane.load.Skipped;
import dev.sealane.report.CoverageReport.Entry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What an input can prove, for people: first what cannot be judged and what would let it, then what was read. */
public final class CoverageText {
    /** How much of what could be long is shown without {@code -v}. */
    private static final int ROWS = 20;

    private static final int NAMES = 2;

    /** A capture is not called older than another for less than this. */
    private static final Duration APART = Duration.ofMinutes(1);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final CoverageReport report;
    private final boolean verbose;
    private final StringBuilder out = new StringBuilder();

    private CoverageText(CoverageReport report, boolean verbose) {
        this.report = report;
        this.verbose = verbose;
    }

    /** @param verbose every namespace in a line of its own, and every kind */
    public static String render(CoverageReport report, boolean verbose) {
        return new CoverageText(report, verbose).render();
    }

    private String render() {
        if (report.input().resources().isEmpty() && report.input().listings().isEmpty()) {
            out.append("There is nothing to judge.\n");
        } else {
            judged();
        }
        read();
        if (!report.kinds().isEmpty()) {
            clusterScoped();
            namespaces();
            missing();
        }
        return out.toString();
    }

    private void judged() {
        int all = report.rules().size();
        int judging = report.judging().size();
        if (judging == all) {
            out.append("All ").append(count(all, "rule")).append(" can judge all that they are about.\n");
            return;
        }
        out.append(judging).append(" of ").append(count(all, "rule"));
        out.append(" can judge all that they are about: ").append(topics()).append(".\n");
        out.append("What the others lack, and how to collect it:\n");
        record Lack(String reason, String collect) {}
        Map<Lack, Set<Rule>> lacks = new LinkedHashMap<>();
        for (NotChecked notChecked : report.notChecked()) {
            Lack lack = new Lack(notChecked.reason(), notChecked.collect());
            lacks.computeIfAbsent(lack, unseen -> new LinkedHashSet<>()).add(notChecked.rule());
        }
        lacks.forEach((lack, rules) -> {
            out.append('\n').append(Visible.of(sentence(lack.reason()))).append('\n');
            for (Rule rule : rules) {
                out.append("    ")
                        .append(rule.id())
                        .append("  ")
                        .append(rule.title())
                        .append('\n');
            }
            out.append("  $ ").append(Visible.of(lack.collect())).append('\n');
        });
    }

    private String topics() {
        Map<String, List<Rule>> topics =
                report.rules().stream().collect(Collectors.groupingBy(Rule::topic, TreeMap::new, Collectors.toList()));
        List<String> parts = new ArrayList<>();
        topics.forEach((topic, rules) -> {
            long judging = rules.stream().filter(report.judging()::contains).count();
            parts.add(topic + " " + judging + " of " + rules.size());
        });
        return String.join(", ", parts);
    }

    private static String sentence(String clause) {
        return Character.toUpperCase(clause.charAt(0)) + clause.substring(1);
    }

    private void read() {
        out.append("\nRead ").append(count(report.input().resources().size(), "object"));
        out.append(" of ").append(count(report.input().files(), "file"));
        Instant newest = report.newest();
        if (newest != null) {
            out.append(". The newest time in them is ")
                    .append(TIME.format(newest))
                    .append(", ");
            Duration age = Duration.between(newest, report.now());
            out.append(age.isNegative() ? "which is in the future" : words(age) + " ago");
        }
        out.append(".\n");
        report.input().captures().forEach(capture -> capture(capture, newest));
        Map<String, List<Skipped>> reasons = report.input().skipped().stream()
                .collect(Collectors.groupingBy(Skipped::reason, TreeMap::new, Collectors.toList()));
        reasons.forEach((reason, skipped) -> out.append("  skipped ")
                .append(skipped.stream().mapToInt(Skipped::count).sum())
                .append(": ")
                .append(Visible.of(reason))
                .append('\n'));
    }

    private void capture(Capture capture, Instant newest) {
        List<String> facts = new ArrayList<>(List.of(capture.layout()));
        if (!capture.serverVersion().isEmpty()) {
            facts.add("server " + capture.serverVersion());
        }
        new TreeMap<>(capture.uses()).forEach((use, files) -> facts.add(count(files, "file") + " of " + use));
        if (capture.oldest() != null || capture.newest() != null) {
            facts.add("collected " + times(capture));
        }
        Instant end = capture.newest() == null ? capture.oldest() : capture.newest();
        if (end != null && Duration.between(end, newest).compareTo(APART) >= 0) {
            facts.add(words(Duration.between(end, newest)) + " before the newest time");
        }
        out.append("  ")
                .append(Visible.of(capture.root() + ": " + String.join(", ", facts)))
                .append('\n');
    }

    private static String times(Capture capture) {
        if (capture.oldest() == null || capture.newest() == null) {
            return TIME.format(capture.oldest() == null ? capture.newest() : capture.oldest());
        }
        return TIME.format(capture.oldest()) + " to " + TIME.format(capture.newest());
    }

    /** In the largest unit of which there are two. */
    private static String words(Duration duration) {
        if (duration.toDays() >= 2) {
            return duration.toDays() + " days";
        }
        if (duration.toHours() >= 2) {
            return duration.toHours() + " hours";
        }
        return duration.toMinutes() >= 2 ? duration.toMinutes() + " minutes" : duration.toSeconds() + " seconds";
    }

    private List<Kind> columns(boolean namespaced) {
        return (verbose ? report.kinds() : report.needed())
                .stream().filter(kind -> kind.namespaced() == namespaced).toList();
    }

    private void clusterScoped() {
        List<Kind> kinds = columns(false);
        table("cluster", kinds, List.of(row("", kinds, List.of(""))));
    }

    /** Namespaces of which the same is known are one line. */
    private void namespaces() {
        List<Kind> kinds = columns(true);
        Map<Object, List<String>> alike = new LinkedHashMap<>();
        for (String namespace : report.network().ledger().askedFor()) {
            Object key = verbose
                    ? namespace
                    : kinds.stream()
                            .map(kind -> mark(report.entry(kind, namespace)))
                            .toList();
            alike.computeIfAbsent(key, unseen -> new ArrayList<>()).add(namespace);
        }
        List<List<String>> rows = new ArrayList<>();
        int shown = verbose ? alike.size() : Math.min(ROWS, alike.size());
        List<List<String>> groups = List.copyOf(alike.values());
        groups.subList(0, shown).forEach(group -> rows.add(row(names(group), kinds, group)));
        table("namespace", kinds, rows);
        if (shown < groups.size()) {
            int more = groups.subList(shown, groups.size()).stream()
                    .mapToInt(List::size)
                    .sum();
            out.append("and ").append(count(more, "more namespace")).append(" (-v shows them)\n");
        }
        if (!rows.isEmpty()) {
            legend(kinds);
        }
    }

    private static String names(List<String> namespaces) {
        return Text.list(namespaces.stream().map(Visible::of).toList(), NAMES);
    }

    private List<String> row(String name, List<Kind> kinds, List<String> namespaces) {
        List<String> cells = new ArrayList<>(List.of(name));
        for (Kind kind : kinds) {
            int objects = namespaces.stream()
                    .mapToInt(namespace -> report.entry(kind, namespace).objects())
                    .sum();
            String mark = mark(report.entry(kind, namespaces.getFirst()));
            boolean number = mark.isEmpty() || mark.equals("*");
            cells.add(number ? objects + mark : objects > 0 ? objects + " " + mark : mark);
        }
        return cells;
    }

    /** What is said of a field besides its number of objects. */
    private static String mark(Entry entry) {
        return switch (entry.coverage().state()) {
            case NONEMPTY -> entry.proved() ? "" : "*";
            case NOT_COLLECTED -> "-";
            default -> entry.coverage().state().word();
        };
    }

    private void table(String title, List<Kind> kinds, List<List<String>> rows) {
        if (rows.isEmpty() || kinds.isEmpty()) {
            return;
        }
        List<List<String>> all = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(title));
        kinds.forEach(kind -> head.add(Visible.of(kind.name())));
        all.add(head);
        all.addAll(rows);
        int[] widths = new int[head.size()];
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        out.append('\n');
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder(row.getFirst());
            line.append(" ".repeat(widths[0] - row.getFirst().length()));
            for (int i = 1; i < widths.length; i++) {
                line.append(" ".repeat(2 + widths[i] - row.get(i).length())).append(row.get(i));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
    }

    private void legend(List<Kind> kinds) {
        Set<String> marks = new LinkedHashSet<>();
        for (String namespace : report.network().ledger().askedFor()) {
            kinds.forEach(kind -> marks.add(mark(report.entry(kind, namespace))));
        }
        List<String> legend = new ArrayList<>();
        if (marks.contains("")) {
            legend.add("a number: so many, and no others");
        }
        if (marks.contains("*")) {
            legend.add("*: manifests, taken for all there is");
        }
        if (marks.contains("-")) {
            legend.add("-: not collected");
        }
        if (!legend.isEmpty()) {
            out.append("(").append(String.join("; ", legend)).append(")\n");
        }
    }

    /** Why what is not whole is not. */
    private void missing() {
        record Gap(Kind kind, State state, String reason) {}
        Map<Gap, List<String>> gaps = new LinkedHashMap<>();
        for (Entry entry : report.ledger()) {
            Coverage coverage = entry.coverage();
            boolean told = !coverage.reason().equals(Ledger.SINGLE)
                    || verbose
                    || report.needed().contains(coverage.kind());
            if (!coverage.complete() && !coverage.reason().isEmpty() && told) {
                Gap gap = new Gap(coverage.kind(), coverage.state(), coverage.reason());
                gaps.computeIfAbsent(gap, unseen -> new ArrayList<>()).add(coverage.namespace());
            }
        }
        if (!gaps.isEmpty()) {
            out.append("\nNot whole:\n");
        }
        gaps.forEach((gap, scopes) -> {
            String where = scopes.contains(Coverage.EVERYWHERE)
                    ? " of the cluster"
                    : scopes.contains("") ? "" : " of " + names(scopes);
            out.append("  ").append(Visible.of(gap.kind().name())).append(where);
            out.append(": ").append(gap.state().word());
            out.append(" (").append(Visible.of(gap.reason())).append(")\n");
        });
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
