package dev.sealane.report;

import dev.sealane.check.NotChecked;
import dev.sealane.facts.Coverage;
import dev.sealane.facts.Coverage.State;
import dev.sealane.facts.Kind;
import dev.sealane.finding.Rule;
import dev.sealane.link.Ledger;
import dev.sealane.link.Network;
import dev.sealane.load.Capture;
import dev.sealane.load.Input;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an input can prove.
 *
 * @param rules those that look at the cluster, by id
 * @param notChecked those that cannot judge everything they are about, and what would let them
 * @param now what ages are counted from
 */
public record CoverageReport(Input input, Network network, List<Rule> rules, List<NotChecked> notChecked, Instant now) {

    private static final Comparator<Kind> BY_NAME =
            Comparator.comparing(Kind::name).thenComparing(Kind::group);

    /**
     * One field of the ledger.
     *
     * @param proved whether the API server says so; if not, manifests are taken for all there is
     * @param objects how many are in the input
     */
    public record Entry(Coverage coverage, boolean proved, int objects) {}

    public CoverageReport {
        rules = rules.stream()
                .filter(rule -> !rule.needs().isEmpty() || !rule.questions().isEmpty())
                .toList();
        notChecked = List.copyOf(notChecked);
    }

    /** The rules that can judge everything they are about. */
    List<Rule> judging() {
        Set<Rule> doubted = notChecked.stream().map(NotChecked::rule).collect(Collectors.toSet());
        return rules.stream().filter(rule -> !doubted.contains(rule)).toList();
    }

    /** The newest time that the input tells, or null. */
    Instant newest() {
        Instant newest = network.newest();
        for (Capture capture : input.captures()) {
            for (Instant time : new Instant[] {capture.oldest(), capture.newest()}) {
                newest = newest == null || time != null && time.isAfter(newest) ? time : newest;
            }
        }
        return newest;
    }

    /** The kinds that some rule cannot do without. */
    Set<Kind> needed() {
        return sorted(rules.stream().flatMap(rule -> rule.needs().stream()).toList());
    }

    /** Those, and all others that the input has an object or a listing of. */
    Set<Kind> kinds() {
        Set<Kind> kinds = sorted(network.ledger().kinds());
        kinds.addAll(needed());
        return kinds;
    }

    private static Set<Kind> sorted(Iterable<Kind> kinds) {
        Set<Kind> sorted = new TreeSet<>(BY_NAME);
        kinds.forEach(sorted::add);
        return sorted;
    }

    Entry entry(Kind kind, String namespace) {
        Ledger ledger = network.ledger();
        return new Entry(ledger.of(kind, namespace), ledger.proved(kind, namespace), ledger.count(kind, namespace));
    }

    /**
     * The whole ledger, by kind and namespace. What was not collected is there only of kinds that some rule needs; a
     * cluster has many others.
     */
    List<Entry> ledger() {
        List<Entry> entries = new ArrayList<>();
        Set<Kind> needed = needed();
        for (Kind kind : kinds()) {
            Set<String> scopes = new TreeSet<>(Set.of("", Coverage.EVERYWHERE));
            if (kind.namespaced()) {
                scopes.addAll(network.ledger().askedFor());
            }
            for (String scope : scopes) {
                Entry entry = entry(kind, scope);
                boolean collected = entry.coverage.state() != State.NOT_COLLECTED;
                boolean own = kind.namespaced() != scope.isEmpty() && !scope.equals(Coverage.EVERYWHERE);
                boolean everywhere = scope.equals(Coverage.EVERYWHERE) && kind.namespaced() && collected;
                boolean custom = scope.isEmpty() && entry.objects > 0;
                if (everywhere || custom || own && (collected || needed.contains(kind))) {
                    entries.add(entry);
                }
            }
        }
        return entries;
    }
}
