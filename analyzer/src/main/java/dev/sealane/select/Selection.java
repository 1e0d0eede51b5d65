package dev.sealane.select;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.Node;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Service;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a selector means in an input. Not empty.
 *
 * @param text the selector as written
 * @param members pods
 * @param services those named by name or address; {@code members} has the pods behind one only if nothing else is meant
 * @param nodes the nodes themselves
 * @param ranges addresses that belong to nothing in the input; every address if everything is meant
 * @param internet whether every address outside is meant that is not a private one
 */
public record Selection(
        String text,
        List<Member> members,
        List<Service> services,
        List<Node> nodes,
        List<Cidr> ranges,
        boolean internet) {

    /** Where no address of the internet is (RFC 1918, 6598, 3927, 1122, 4193, 4291). */
    private static final List<Cidr> PRIVATE = Stream.of(
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "100.64.0.0/10",
                    "169.254.0.0/16",
                    "127.0.0.0/8",
                    "fc00::/7",
                    "fe80::/10")
            .map(Cidr::parse)
            .toList();

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

    /** At these ranges addresses have to be divided so that {@link #means} is about all of them. */
    public List<Cidr> boundaries() {
        return internet && ranges.isEmpty() ? PRIVATE : ranges;
    }

    /** Whether addresses are meant that are divided at the boundaries. */
    public boolean means(Cidr addresses) {
        return internet && PRIVATE.stream().noneMatch(range -> range.contains(addresses))
                || ranges.stream().anyMatch(range -> range.contains(addresses));
    }

    public boolean isEmpty() {
        return members.isEmpty() && services.isEmpty() && nodes.isEmpty() && ranges.isEmpty() && !internet;
    }
}
