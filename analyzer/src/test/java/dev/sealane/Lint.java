package dev.sealane;

import dev.sealane.check.Checked;
import dev.sealane.check.Checker;
import dev.sealane.check.RuleSet;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Location;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Workload;
import dev.sealane.finding.Finding;
import dev.sealane.finding.Rule;
import dev.sealane.link.Linker;
import dev.sealane.link.Network;
import dev.sealane.load.Input;
import dev.sealane.load.Listing;
import dev.sealane.load.Loader;
import dev.sealane.load.Locations;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The whole pipeline in one call, for tests. */
final class Lint {
    static final RuleSet RULES = RuleSet.builtIn();

    final Input input;
    final Network network;
    final Checked checked;
    final Locations locations;

    private Lint(Loader loader, Input input) {
        this.input = input;
        this.network = Linker.link(input, false);
        this.checked = Checker.check(network, input, RULES, rule -> true);
        this.locations = loader.locations();
        locations.prepare(checked.findings().stream().map(Finding::place).toList());
    }

    static Lint paths(String... paths) {
        Loader loader = new Loader("default", InputStream.nullInputStream(), "stdin");
        return new Lint(loader, loader.load(List.of(paths)));
    }

    static Lint text(String text) {
        return stream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    static Lint stream(InputStream stdin) {
        Loader loader = new Loader("default", stdin, "text.yaml");
        return new Lint(loader, loader.load(List.of("-")));
    }

    /** The same input without anything of one kind, as if nobody had collected it; pods are workloads too. */
    static Lint without(Kind kind, String... paths) {
        Loader loader = new Loader("default", InputStream.nullInputStream(), "stdin");
        Input input = loader.load(List.of(paths));
        Set<Kind> dropped = new HashSet<>(Set.of(kind));
        if (kind.equals(Kind.POD)) {
            input.resources().stream()
                    .filter(Workload.class::isInstance)
                    .forEach(workload -> dropped.add(workload.ref().kind()));
        }
        List<Resource> resources = input.resources().stream()
                .filter(resource -> !dropped.contains(resource.ref().kind()))
                .toList();
        List<Listing> listings = input.listings().stream()
                .map(listing -> new Listing(
                        listing.kinds().stream()
                                .filter(listed -> !dropped.contains(listed))
                                .collect(Collectors.toSet()),
                        listing.namespaces(),
                        listing.everyNamespace(),
                        listing.state(),
                        listing.file(),
                        listing.time(),
                        listing.reason()))
                .toList();
        return new Lint(
                loader,
                new Input(resources, listings, input.findings(), input.skipped(), input.files(), input.captures()));
    }

    List<Finding> findings() {
        return checked.findings();
    }

    List<Finding> findings(Rule rule) {
        return findings().stream().filter(finding -> finding.rule() == rule).toList();
    }

    Location location(Finding finding) {
        return locations.of(finding.place());
    }

    String message(Finding finding) {
        return finding.message().render(place -> locations.of(place).toString());
    }

    /** One line a finding: {@code file:line ID message}. */
    List<String> lines() {
        return findings().stream()
                .map(finding -> location(finding) + " " + finding.rule().id() + " " + message(finding))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
    }
}
