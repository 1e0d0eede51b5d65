package dev.sealane.policy;

import dev.sealane.facts.Answer;
import dev.sealane.facts.Cidr;
import dev.sealane.facts.LabelExpression;
import dev.sealane.facts.Labels;
import dev.sealane.facts.TieredPolicy.Family;
import dev.sealane.facts.TieredPolicy.Peer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether the peer of a rule means an endpoint. */
final class PeerMatcher {
    /** Where pods and Services usually have their addresses, if the input does not tell where they do. */
    private static final List<Cidr> PRIVATE =
            List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7").stream()
                    .map(Cidr::parse)
                    .toList();

    /** The peer is in a NetworkPolicy if this is null. */
    private final Family family;

    private final String policyNamespace;
    private final Endpoint.Pods subject;
    private final Enforcers enforcers;
    private final Map<String, Labels> nodeLabels;

    PeerMatcher(
            Family family,
            String policyNamespace,
            Endpoint.Pods subject,
            Enforcers enforcers,
            Map<String, Labels> nodeLabels) {
        this.family = family;
        this.policyNamespace = policyNamespace;
        this.subject = subject;
        this.enforcers = enforcers;
        this.nodeLabels = nodeLabels;
    }

    static boolean maybeInCluster(Cidr address) {
        return PRIVATE.stream().anyMatch(range -> range.contains(address));
    }

    Match match(Peer peer, Endpoint endpoint) {
        return switch (peer) {
            case Peer.Any any -> Match.YES;
            case Peer.Pods pods -> pods(pods, endpoint);
            case Peer.Networks networks -> networks(networks, endpoint);
            case Peer.Nodes nodes -> nodes(nodes.labels(), endpoint);
            case Peer.DomainNames names -> domainNames(names.names(), endpoint);
            case Peer.World world -> Match.of(endpoint instanceof Endpoint.Addresses addresses && addresses.outside());
            case Peer.Hosts hosts -> hosts(hosts.own(), endpoint);
            case Peer.Services services ->
                endpoint instanceof Endpoint.Host
                        ? Match.NO
                        : Match.unknown("which addresses are behind the Services it names is not followed");
            case Peer.AllOf all ->
                all.parts().stream().map(part -> match(part, endpoint)).reduce(Match.YES, Match::and);
            case Peer.AnyOf any ->
                any.parts().stream().map(part -> match(part, endpoint)).reduce(Match.NO, Match::or);
            case Peer.Undecided undecided -> Match.unknown("the rule also asks for %s", undecided.asked());
            case Peer.Not not -> match(not.peer(), endpoint).not();
            case Peer.Unreadable unreadable -> Match.NO;
        };
    }

    private Match pods(Peer.Pods wanted, Endpoint endpoint) {
        if (!(endpoint instanceof Endpoint.Pods pods)) {
            return Match.NO;
        }
        Match match = pods.matches(wanted.pods(), family);
        if (!match.possible()) {
            return Match.NO;
        }
        match = match.and(namespace(wanted.namespaces(), pods.namespace()));
        return pods.spec().hostNetwork() ? match.and(onHostNetwork()) : match;
    }

    /** A pod on the host network has its node's address, so that few implementations can tell it from the node. */
    private Match onHostNetwork() {
        if (family == Family.ADMIN || family == Family.CLUSTER || family == Family.CILIUM) {
            return Match.NO;
        }
        return Match.depends("most implementations do not match pods on the host network by their labels");
    }

    private Match namespace(LabelExpression wanted, Tenant namespace) {
        return wanted == null ? Match.of(policyNamespace.equals(namespace.name())) : namespace.matches(wanted);
    }

    private Match networks(Peer.Networks networks, Endpoint endpoint) {
        return switch (endpoint) {
            case Endpoint.Addresses addresses -> {
                Match match = covers(networks, List.of(addresses.range()));
                yield addresses.outside()
                        ? match
                        : match.and(Match.depends(
                                "whether %s is looked at before or after it is translated is up to the implementation",
                                addresses.range()));
            }
            case Endpoint.Host host ->
                (host.addresses().isEmpty() ? unknownNode(networks) : covers(networks, host.addresses()))
                        .and(blocksMatch(enforcers.blocksMatchNodes(), "nodes", networks.pods()));
            case Endpoint.Pods pods -> {
                Match match = pods.addresses().isEmpty() ? unknownPods(networks) : covers(networks, pods.addresses());
                Answer implementations =
                        pods.spec().hostNetwork() ? enforcers.blocksMatchNodes() : enforcers.blocksMatchPods();
                yield match.and(
                        blocksMatch(implementations, pods.spec().hostNetwork() ? "nodes" : "pods", networks.pods()));
            }
        };
    }

    /** @param specified what the policy's API says, UNKNOWN if it leaves it open */
    private Match blocksMatch(Answer implementations, String what, Answer specified) {
        if (specified != Answer.UNKNOWN) {
            return Match.of(specified == Answer.YES);
        }
        String cni = enforcers.cnis().isEmpty() ? "" : ", and of " + enforcers.names() + " it is not known";
        return Match.of(
                implementations,
                Match.depends(
                        "whether an ipBlock means %s by their addresses is up to the CNI (Calico: yes, Cilium: no)%s",
                        what, cni));
    }

    private static Match covers(Peer.Networks networks, List<Cidr> addresses) {
        boolean some = false;
        boolean all = true;
        for (Cidr address : addresses) {
            boolean inside = networks.cidrs().stream().anyMatch(cidr -> contains(cidr, address))
                    && networks.except().stream().noneMatch(except -> overlaps(except, address));
            boolean outside = networks.cidrs().stream().noneMatch(cidr -> overlaps(cidr, address))
                    || networks.except().stream().anyMatch(except -> contains(except, address));
            some |= !outside;
            all &= inside;
        }
        return all ? Match.YES : some ? Match.unknown("the addresses are only partly in %s", text(networks)) : Match.NO;
    }

    private static Match unknownPods(Peer.Networks networks) {
        return unknown(networks, PRIVATE, "the input does not have the addresses of the pods");
    }

    private static Match unknownNode(Peer.Networks networks) {
        return unknown(networks, List.of(), "the input does not have the addresses of the nodes");
    }

    /** @param possible where the addresses can be; anywhere if empty */
    private static Match unknown(Peer.Networks networks, List<Cidr> possible, String reason) {
        boolean everything = networks.except().isEmpty()
                && networks.cidrs().stream()
                        .flatMap(cidr -> Cidr.tryParse(cidr).stream())
                        .anyMatch(cidr -> cidr.prefix() == 0 && !cidr.isIpv6());
        if (everything) {
            return Match.YES;
        }
        boolean may = possible.isEmpty()
                || possible.stream()
                        .anyMatch(range -> networks.cidrs().stream().anyMatch(cidr -> overlaps(cidr, range))
                                && networks.except().stream().noneMatch(except -> contains(except, range)));
        return may ? Match.unknown("%s", reason) : Match.NO;
    }

    private Match nodes(LabelExpression wanted, Endpoint endpoint) {
        return switch (endpoint) {
            case Endpoint.Host host ->
                host.labels() == null
                        ? Match.unknown("the labels of the node are not in the input")
                        : Match.of(wanted.matches(host.labels()));
            case Endpoint.Pods pods -> pods.spec().hostNetwork() ? onNodes(wanted, pods.nodes()) : Match.NO;
            case Endpoint.Addresses addresses -> Match.NO;
        };
    }

    /** Pods on the host network have the address of their node. */
    private Match onNodes(LabelExpression wanted, Set<String> nodes) {
        List<Labels> labels = nodes.stream()
                .map(node -> nodeLabels.get(node.replace(Endpoint.ELSEWHERE, "")))
                .toList();
        if (labels.isEmpty() || labels.contains(null)) {
            return Match.unknown("the pod is on the network of a node whose labels are not in the input");
        }
        long meant = labels.stream().filter(wanted::matches).count();
        return meant == nodes.size()
                ? Match.YES
                : meant == 0 ? Match.NO : Match.unknown("only some of the pods are on nodes that the rule means");
    }

    private Match hosts(boolean own, Endpoint endpoint) {
        String node = endpoint.node();
        if (node == null) {
            return Match.NO;
        }
        Match same = sameNode(node);
        return own ? same : same.not();
    }

    /** Whether all pods that the policy applies to are on the node. */
    Match sameNode(String node) {
        if (node.isEmpty() || subject.nodes().isEmpty()) {
            return Match.unknown("the input does not tell which node the pods are on");
        }
        if (!subject.nodes().contains(node)) {
            return Match.NO;
        }
        return subject.nodes().size() == 1 ? Match.YES : Match.unknown("only some of the pods are on node %s", node);
    }

    private Match domainNames(List<String> names, Endpoint endpoint) {
        if (!(endpoint instanceof Endpoint.Addresses addresses)) {
            return Match.NO;
        }
        if (!addresses.domainName().isEmpty()) {
            return Match.of(names.stream().anyMatch(name -> covers(name, addresses.domainName())));
        }
        return names.isEmpty()
                ? Match.NO
                : Match.unknown("what %s resolves to is not in the input", String.join(", ", names));
    }

    private boolean covers(String pattern, String name) {
        String wanted = withoutDot(pattern.toLowerCase(Locale.ROOT));
        String actual = withoutDot(name.toLowerCase(Locale.ROOT));
        if (family == Family.CILIUM) {
            return coversOfCilium(wanted, actual);
        }
        return wanted.startsWith("*.")
                ? actual.endsWith(wanted.substring(1)) && actual.length() > wanted.length() - 1
                : wanted.equals(actual);
    }

    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /**
     * {@code *} stands for any characters of one label, {@code **.} in front for one or more labels, and {@code *} alone
     * for every name (pkg/fqdn/matchpattern).
     */
    private static boolean coversOfCilium(String pattern, String name) {
        if (pattern.equals("*")) {
            return true;
        }
        boolean labels = pattern.startsWith("**.");
        StringBuilder regex = new StringBuilder(labels ? "([-a-z0-9_]+[.])+" : "");
        for (char c : pattern.substring(labels ? 3 : 0).toCharArray()) {
            regex.append(c == '*' ? "[-a-z0-9_]*" : Pattern.quote(String.valueOf(c)));
        }
        return name.matches(regex.toString());
    }

    private static boolean contains(String cidr, Cidr address) {
        return Cidr.tryParse(cidr).filter(range -> range.contains(address)).isPresent();
    }

    private static boolean overlaps(String cidr, Cidr address) {
        return Cidr.tryParse(cidr).filter(range -> range.overlaps(address)).isPresent();
    }

    private static String text(Peer.Networks networks) {
        String text = String.join(", ", networks.cidrs());
        return networks.except().isEmpty() ? text : text + " without " + String.join(", ", networks.except());
    }
}
