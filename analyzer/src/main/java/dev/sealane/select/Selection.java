package dev.sealane.select;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.Node;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Service;
import java.util.List;

/**
 * What a selector means in an input. Not empty.
 *
 * @param text the selector as written
 * @param members pods
 * @param services those named by name or address; {@code members} has the pods behind one only if nothing else is meant
 * @param nodes the nodes themselves
 * @param ranges addresses that belong to nothing in the input
 * @param internet whether everything outside of the cluster is meant
 */
public record Selection(
        String text,
        List<Member> members,
        List<Service> services,
        List<Node> nodes,
        List<Cidr> ranges,
        boolean internet) {

    /**
     * Pods of a set.
     *
     * @param pods those meant, which are all of the set's if a workload is; empty for a template without pods
     */
    public record Member(PodSet set, List<Pod> pods) {
        public Member {
            pods = List.copyOf(pods);
        }
    }

    public Selection {
        members = List.copyOf(members);
        services = List.copyOf(services);
        nodes = List.copyOf(nodes);
        ranges = List.copyOf(ranges);
    }

    public boolean isEmpty() {
        return members.isEmpty() && services.isEmpty() && nodes.isEmpty() && ranges.isEmpty() && !internet;
    }
}
