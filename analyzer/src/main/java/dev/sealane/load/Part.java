package dev.sealane.load;

import dev.sealane.facts.Explained.Evidence;
import dev.sealane.facts.Location;
import dev.sealane.facts.Origin;
import dev.sealane.facts.Place;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Text;
import dev.sealane.finding.Finding;
import dev.sealane.finding.Rule;
import java.util.ArrayList;
import java.util.List;

/** What a stretch of text holds: a part of an {@link Input}, to be put together in the order of the text. */
final class Part {
    final List<Resource> resources = new ArrayList<>(1);
    final List<Listing> listings = new ArrayList<>(0);
    final List<Finding> findings = new ArrayList<>(0);
    final List<Skipped> skipped = new ArrayList<>(0);

    /** Items of a list whose kind the list tells at its end. */
    final List<Pending> pending = new ArrayList<>(0);

    record Pending(DocumentReader reader, Value value, Origin origin) {}

    /** Whether an object was lost, so that what is here is not all there is. */
    boolean lost;

    void add(Part other) {
        resources.addAll(other.resources);
        listings.addAll(other.listings);
        findings.addAll(other.findings);
        skipped.addAll(other.skipped);
        pending.addAll(other.pending);
        lost |= other.lost;
    }

    void find(Rule rule, Location location, String message) {
        find(rule, Place.of(location), message, List.of());
    }

    void find(Rule rule, Place place, String message, List<Evidence> related) {
        findings.add(new Finding(rule, rule.severity(), place, Text.of("%s", message), related));
    }

    void skip(Location location, String reason) {
        skipped.add(new Skipped(location.file(), location.line(), reason));
        lost = true;
    }
}
