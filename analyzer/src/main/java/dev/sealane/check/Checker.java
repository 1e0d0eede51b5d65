package dev.sealane.check;

import dev.sealane.facts.Coverage;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Namespace;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Unanswered;
import dev.sealane.finding.Finding;
import dev.sealane.finding.Findings;
import dev.sealane.finding.Rule;
import dev.sealane.link.Ledger;
import dev.sealane.link.Network;
import dev.sealane.load.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.Match;

/** Fires rules over the facts of a network. */
public final class Checker {

    private Checker() {}

    /** @param chosen the rules that the user wants to hear of */
    public static Checked check(Network network, Input input, RuleSet rules, Predicate<Rule> chosen) {
        return check(network, input, rules, chosen, resource -> true);
    }

    /** @param subject the objects for which it matters that a rule could not judge them */
    static Checked check(
            Network network, Input input, RuleSet rules, Predicate<Rule> chosen, Predicate<Resource> subject) {
        CompletableFuture<List<NotChecked>> notChecked =
                CompletableFuture.supplyAsync(() -> notChecked(network, rules, chosen, subject));
        List<Finding> findings = new ArrayList<>(input.findings().stream()
                .filter(finding -> chosen.test(finding.rule()))
                .toList());
        if (!network.resources().isEmpty()) {
            findings.addAll(fire(network, rules, chosen));
        }
        return new Checked(findings, notChecked.join());
    }

    /** The rules that cannot judge everything they are about, whatever they find. */
    public static List<NotChecked> notChecked(Network network, RuleSet rules, Predicate<Rule> chosen) {
        return notChecked(network, rules, chosen, resource -> true);
    }

    private static List<NotChecked> notChecked(
            Network network, RuleSet rules, Predicate<Rule> chosen, Predicate<Resource> subject) {
        List<Unanswered> unanswered = network.facts().stream()
                .filter(Unanswered.class::isInstance)
                .map(Unanswered.class::cast)
                .toList();
        Set<Kind> about = rules.rules().stream()
                .flatMap(rule -> rule.needs().stream().limit(1))
                .collect(Collectors.toSet());
        Map<Kind, List<Resource>> subjects = new HashMap<>();
        Set<String> captured = new TreeSet<>();
        for (Resource resource : network.resources()) {
            if (about.contains(resource.ref().kind()) && subject.test(resource)) {
                subjects.computeIfAbsent(resource.ref().kind(), unseen -> new ArrayList<>())
                        .add(resource);
            }
            if (resource.meta().captured() && subject.test(resource)) {
                captured.add(resource instanceof Namespace ? resource.name() : resource.namespace());
            }
        }
        if (captured.equals(Set.of(""))) {
            captured.add(Coverage.EVERYWHERE);
        }
        return rules.rules().stream()
                .filter(chosen)
                .flatMap(rule -> uncovered(rule, unanswered, subjects, captured, network.ledger()).stream())
                .toList();
    }

    private static List<Finding> fire(Network network, RuleSet rules, Predicate<Rule> chosen) {
        Findings findings = new Findings();
        KieSession session = rules.kieBase().newKieSession();
        try {
            session.setGlobal("findings", findings);
            session.addEventListener(new DefaultAgendaEventListener() {
                @Override
                public void beforeMatchFired(BeforeMatchFiredEvent event) {
                    Match match = event.getMatch();
                    findings.firing(rules.named(match.getRule().getName()), match.getObjects());
                }
            });
            network.facts().forEach(session::insert);
            session.fireAllRules(
                    match -> chosen.test(rules.named(match.getRule().getName())));
        } finally {
            session.dispose();
        }
        return findings.list();
    }

    /**
     * What a rule lacks to judge each object that it is about.
     *
     * @param captured the namespaces that something was collected of, an empty name for the cluster
     */
    private static List<NotChecked> uncovered(
            Rule rule,
            List<Unanswered> unanswered,
            Map<Kind, List<Resource>> subjects,
            Set<String> captured,
            Ledger ledger) {
        List<NotChecked> notChecked = new ArrayList<>();
        for (Unanswered question : unanswered) {
            if (rule.questions().contains(question.question())
                    && subjects.containsKey(rule.needs().getFirst())) {
                notChecked.add(new NotChecked(rule, question.reason(), question.collect()));
            }
        }
        if (rule.needs().isEmpty()) {
            return notChecked;
        }
        Kind about = rule.needs().getFirst();
        if (!captured.isEmpty()) {
            add(rule, about, about.namespaced() ? captured : Set.of(""), ledger, notChecked);
        }
        for (Kind needed : rule.needs().subList(1, rule.needs().size())) {
            Set<String> wanted = new TreeSet<>();
            for (Resource resource : subjects.getOrDefault(about, List.of())) {
                if (resource.meta().captured() || !needed.observedOnly()) {
                    wanted.add(needed.namespaced() ? resource.namespace() : "");
                }
            }
            add(rule, needed, wanted, ledger, notChecked);
        }
        return notChecked;
    }

    private static void add(Rule rule, Kind kind, Set<String> wanted, Ledger ledger, List<NotChecked> notChecked) {
        TreeSet<String> missing = new TreeSet<>(wanted);
        missing.removeIf(namespace -> kind.namespaced() == namespace.isEmpty() || ledger.complete(kind, namespace));
        if (!missing.isEmpty()) {
            notChecked.add(NotChecked.of(rule, kind, missing, ledger));
        }
    }
}
