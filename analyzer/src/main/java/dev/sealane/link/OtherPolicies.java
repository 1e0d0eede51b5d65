package dev.sealane.link;

import dev.sealane.facts.Certainty;
import dev.sealane.facts.Coverage;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Other;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Text;
import dev.sealane.facts.TieredPolicy;
import dev.sealane.facts.UncountedPolicies;
import dev.sealane.policy.Cni;
import dev.sealane.policy.Enforcers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Policies of other APIs than NetworkPolicy that verdicts leave out, for a cluster of which a CNI is known. */
final class OtherPolicies {
    private OtherPolicies() {}

    static List<UncountedPolicies> uncounted(List<Resource> resources, Enforcers enforcers, Ledger ledger) {
        if (enforcers.cnis().isEmpty()) {
            return List.of();
        }
        Map<Kind, List<Resource>> kinds = new LinkedHashMap<>();
        for (Resource resource : resources) {
            if (unread(resource) || resource instanceof TieredPolicy) {
                kinds.computeIfAbsent(resource.ref().kind(), unseen -> new ArrayList<>())
                        .add(resource);
            }
        }
        String cnis = enforcers.cnis().stream().map(Cni::name).collect(Collectors.joining(" and "));
        boolean all =
                ledger.proved(Kind.DAEMON_SET, Coverage.EVERYWHERE) || ledger.proved(Kind.POD, Coverage.EVERYWHERE);
        List<UncountedPolicies> facts = new ArrayList<>();
        kinds.forEach((kind, policies) -> {
            Resource first = policies.getFirst();
            String count = count(policies.size(), kind);
            if (!(first instanceof TieredPolicy policy)) {
                facts.add(new UncountedPolicies(
                        first,
                        Certainty.CERTAIN,
                        Text.of(
                                "Sealane does not read %s; what they allow or deny is missing from its verdicts",
                                count)));
            } else if (enforcers.cnis().stream().noneMatch(cni -> cni.families().contains(policy.family()))) {
                facts.add(new UncountedPolicies(
                        first,
                        all ? Certainty.CERTAIN : Certainty.LIKELY,
                        Text.of(
                                "%s does not enforce %s: they have no effect, and verdicts leave them out",
                                cnis, count)));
            }
        });
        return facts;
    }

    /** Staged policies have no effect anywhere. */
    private static boolean unread(Resource resource) {
        String kind = resource.ref().kind().name();
        return resource instanceof Other && kind.endsWith("NetworkPolicy") && !kind.startsWith("Staged");
    }

    private static String count(int size, Kind kind) {
        return (size == 1 ? "the object" : "the " + size + " objects") + " of kind " + kind.name() + " (" + kind.group()
                + ")";
    }
}
