package dev.sealane.check;

import dev.sealane.facts.Coverage;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Unanswered;
import dev.sealane.finding.Finding;
import dev.sealane.finding.Findings;
import dev.sealane.finding.Rule;
import dev.sealane.link.Network;
import dev.sealane.load.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
        List<Finding> findings = new ArrayList<>(input.findings().stream()
                .filter(finding -> chosen.test(finding.rule()))
                .toList());
        if (!network.resources().isEmpty()) {
            findings.addAll(fire(network, rules, chosen));
        }
        List<Unanswered> unanswered = network.facts().stream()
                .filter(Unanswered.class::isInstance)
                .map(Unanswered.class::cast)
                .toList();
        Map<Kind, Set<String>> complete = complete(network);
        Set<Kind> about = rules.rules().stream()
                .flatMap(rule -> rule.needs().stream().limit(1))
                .collect(Collectors.toSet());
        Map<Kind, List<Resource>> subjects = network.resources().stream()
                .filter(resource -> about.contains(resource.ref().kind()) && subject.test(resource))
                .collect(Collectors.groupingBy(resource -> resource.ref().kind()));
        List<NotChecked> notChecked = rules.rules().stream()
                .filter(chosen)
                .flatMap(rule -> uncovered(rule, unanswered, subjects, complete).stream())
                .toList();
        return new Checked(findings, notChecked);
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

    /** What a rule lacks to judge each object that it is about. */
    private static List<NotChecked> uncovered(
            Rule rule,
            List<Unanswered> unanswered,
            Map<Kind, List<Resource>> subjects,
            Map<Kind, Set<String>> complete) {
        List<NotChecked> notChecked = new ArrayList<>();
        for (Unanswered question : unanswered) {
            if (rule.questions().contains(question.question())
                    && subjects.containsKey(rule.needs().getFirst())) {
                notChecked.add(new NotChecked(rule, question.reason(), question.collect()));
            }
        }
        if (rule.needs().size() < 2) {
            return notChecked;
        }
        Kind about = rule.needs().getFirst();
        for (Kind needed : rule.needs().subList(1, rule.needs().size())) {
            Set<String> missing = new TreeSet<>();
            for (Resource resource : subjects.getOrDefault(about, List.of())) {
                if (resource.meta().captured() || !needed.observedOnly()) {
                    missing.add(needed.namespaced() ? resource.namespace() : "");
                }
            }
            missing.removeAll(complete.getOrDefault(needed, Set.of()));
            if (!missing.isEmpty()) {
                notChecked.add(notChecked(rule, needed, missing));
            }
        }
        return notChecked;
    }

    private static Map<Kind, Set<String>> complete(Network network) {
        Map<Kind, Set<String>> complete = new HashMap<>();
        for (Object fact : network.facts()) {
            if (fact instanceof Coverage coverage && coverage.complete()) {
                complete.computeIfAbsent(coverage.kind(), unseen -> new HashSet<>())
                        .add(coverage.namespace());
            }
        }
        return complete;
    }

    private static NotChecked notChecked(Rule rule, Kind needed, Set<String> namespaces) {
        String where = switch (namespaces.size()) {
            case 1 -> needed.namespaced() ? "namespace " + namespaces.iterator().next() : "the cluster";
            default -> "namespaces " + namespaces.stream().limit(3).collect(Collectors.joining(", "));
        };
        String more = namespaces.size() > 3 ? " and " + (namespaces.size() - 3) + " more" : "";
        // People paste the command into a shell, and the namespace's name may be anything in a manifest.
        boolean named = namespaces.size() == 1 && namespaces.iterator().next().matches("[a-z0-9][a-z0-9-]*");
        String scope = !needed.namespaced()
                ? ""
                : named ? " -n " + namespaces.iterator().next() : " -A";
        return new NotChecked(
                rule,
                "not every " + needed + " of " + where + more + " is in the input",
                "kubectl get " + needed.plural() + scope + " -o yaml > " + needed.plural() + ".yaml");
    }
}
