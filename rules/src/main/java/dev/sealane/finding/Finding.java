package dev.sealane.finding;

import dev.sealane.facts.Explained.Evidence;
import dev.sealane.facts.Place;
import dev.sealane.facts.Text;
import java.util.List;

/**
 * A defect at a place.
 *
 * @param severity that of the rule, or a warning where the rule's error is only likely
 * @param related what else it rests on
 */
public record Finding(Rule rule, Severity severity, Place place, Text message, List<Evidence> related) {
    public Finding {
        related = List.copyOf(related);
    }
}
