package dev.sealane.finding;

import dev.sealane.facts.Certainty;
import dev.sealane.facts.Explained;
import dev.sealane.facts.Explained.Evidence;
import dev.sealane.facts.Place;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Text;
import java.util.ArrayList;
import java.util.List;

/** Where rules put their findings; the only global of a rule. */
public final class Findings {
    private final List<Finding> list = new ArrayList<>();
    private Rule firing;
    private List<?> matched = List.of();

    /** Says which rule adds what comes next, and the facts that it matched. */
    public void firing(Rule rule, List<?> facts) {
        firing = rule;
        matched = facts;
    }

    /**
     * Adds a finding of the rule that is firing. The facts that it matched become its related places.
     *
     * @param format as {@link Text#of}
     */
    public void add(Place place, String format, Object... arguments) {
        add(place, Certainty.CERTAIN, format, arguments);
    }

    /** The same for a fact that may be only likely: an error then counts as a warning. */
    public void add(Place place, Certainty certainty, String format, Object... arguments) {
        boolean doubted = certainty == Certainty.LIKELY && firing.severity() == Severity.ERROR;
        Severity severity = doubted ? Severity.WARNING : firing.severity();
        list.add(new Finding(firing, severity, place, Text.of(format, arguments), evidence(place)));
    }

    private List<Evidence> evidence(Place place) {
        List<Evidence> evidence = new ArrayList<>();
        for (Object fact : matched) {
            if (fact instanceof Explained explained) {
                evidence.addAll(explained.evidence());
            } else if (fact instanceof Resource resource && resource != place.resource()) {
                evidence.add(new Evidence(Text.of("%s", resource.ref()), resource.at("metadata.name")));
            }
        }
        return evidence;
    }

    public List<Finding> list() {
        return List.copyOf(list);
    }
}
