package dev.sealane.trace;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.ConfigMap;
import dev.sealane.facts.Node;
import dev.sealane.facts.Place;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Resource;
import dev.sealane.link.Network;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the nodes translate the addresses of Services.
 *
 * @param mode of kube-proxy: {@code iptables}, which is the default, {@code nftables} or {@code ipvs}
 * @param masqueradeAll whether it hides every client of a ClusterIP
 * @param place where it is configured, or null
 */
record ServiceProxy(String mode, boolean masqueradeAll, Place place) {
    private static final Pattern MODE = Pattern.compile("(?m)^mode:[ \\t]*[\"']?([a-z]*)");
    private static final Pattern ALL = Pattern.compile("(?m)^[ \\t]*masqueradeAll:[ \\t]*true");
    private static final Pattern ARGUMENT = Pattern.compile("--proxy-mode=([a-z]+)");

    static ServiceProxy of(Network network) {
        for (Resource resource : network.resources()) {
            if (resource instanceof ConfigMap map
                    && map.name().equals("kube-proxy")
                    && map.namespace().equals("kube-system")) {
                String config = map.data().getOrDefault("config.conf", "");
                Matcher mode = MODE.matcher(config);
                String word = mode.find() ? mode.group(1) : "";
                return new ServiceProxy(
                        word.isEmpty() ? "iptables" : word.toLowerCase(Locale.ROOT),
                        ALL.matcher(config).find(),
                        map.at(Place.key("data", "config.conf")));
            }
        }
        for (PodSet set : network.podSets()) {
            if (set.owner().name().equals("kube-proxy")) {
                for (var container : set.spec().containers()) {
                    Matcher mode = ARGUMENT.matcher(String.join(" ", container.arguments()));
                    if (mode.find()) {
                        return new ServiceProxy(mode.group(1), false, set.at("spec.containers"));
                    }
                }
            }
        }
        return new ServiceProxy("iptables", false, null);
    }

    /**
     * Whether pods of a node and the node itself reach every endpoint through an external address, although
     * {@code externalTrafficPolicy} is Local. IPVS, which has one list of endpoints for each address, takes all only
     * where the node has none (kubernetes#97081).
     */
    boolean shortCircuits() {
        return !mode.equals("ipvs");
    }

    /** Whether the node's own connections to a Local external address leave with another source. */
    boolean masqueradesOwn() {
        return !mode.equals("ipvs");
    }

    /**
     * The source that a node puts on a packet for an endpoint: the address of the interface towards it. Bridges, which
     * flannel uses, have the first address of the node's pod range, its tunnels the range's own.
     *
     * @param same whether the endpoint is on the node
     * @return empty if the input does not have it
     */
    static String address(Node node, boolean same) {
        if (node == null) {
            return "";
        }
        String flannel = node.meta().annotation("flannel.alpha.coreos.com/backend-type");
        if (!flannel.isEmpty() && !node.podCIDRs().isEmpty() && (same || !flannel.equals("host-gw"))) {
            var range = Cidr.tryParse(node.podCIDRs().getFirst());
            if (range.isPresent()) {
                Cidr pods = range.get();
                var number = same ? pods.address().add(BigInteger.ONE) : pods.address();
                return End.text(new Cidr(number, pods.bits(), pods.bits()));
            }
        }
        return node.addresses().isEmpty() ? "" : node.addresses().getFirst();
    }
}
