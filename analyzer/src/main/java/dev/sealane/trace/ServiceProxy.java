package dev.sealane.trace;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.ConfigMap;
import dev.sealane.facts.Node;
import dev.sealane.facts.Place;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Resource;
import dev.sealane.link.Network;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the nodes translate the addresses of Services.
 *
 * @param mode of kube-proxy: {@code iptables}, which is the default, {@code nftables} or {@code ipvs}
 * @param masqueradeAll whether it hides every client of a ClusterIP
 * @param nodePorts the ranges of addresses on which nodes serve node ports; {@code primary} stands for the first
 *     address of each family; empty for all
 * @param place where it is configured, or null
 */
record ServiceProxy(String mode, boolean masqueradeAll, List<String> nodePorts, Place place) {
    private static final Pattern MODE = Pattern.compile("(?m)^mode:[ \\t]*[\"']?([a-z]*)");
    private static final Pattern ALL = Pattern.compile("(?m)^[ \\t]*masqueradeAll:[ \\t]*true");

    /** A list in brackets or one item a line. */
    private static final Pattern NODE_PORT_ADDRESSES =
            Pattern.compile("(?m)^nodePortAddresses:[ \\t]*(?:\\[([^\\]]*)\\]|((?:\\r?\\n[ \\t]*-[^\\r\\n]*)+))");

    private static final Pattern MODE_ARGUMENT = Pattern.compile("--proxy-mode=([a-z]+)");
    private static final Pattern ADDRESSES_ARGUMENT = Pattern.compile("--nodeport-addresses=([^ ]+)");
    private static final String PRIMARY = "primary";

    static ServiceProxy of(Network network) {
        for (Resource resource : network.resources()) {
            if (resource instanceof ConfigMap map
                    && map.name().equals("kube-proxy")
                    && map.namespace().equals("kube-system")) {
                String config = map.data().getOrDefault("config.conf", "");
                Matcher mode = MODE.matcher(config);
                String word = mode.find() ? mode.group(1) : "";
                Matcher listed = NODE_PORT_ADDRESSES.matcher(config);
                String addresses = !listed.find() ? "" : listed.group(1) != null ? listed.group(1) : listed.group(2);
                return of(
                        word.isEmpty() ? "iptables" : word.toLowerCase(Locale.ROOT),
                        ALL.matcher(config).find(),
                        addresses,
                        map.at(Place.key("data", "config.conf")));
            }
        }
        for (PodSet set : network.podSets()) {
            if (set.owner().name().equals("kube-proxy")) {
                for (var container : set.spec().containers()) {
                    String arguments = String.join(" ", container.arguments());
                    Matcher mode = MODE_ARGUMENT.matcher(arguments);
                    Matcher addresses = ADDRESSES_ARGUMENT.matcher(arguments);
                    boolean modeGiven = mode.find();
                    boolean addressesGiven = addresses.find();
                    if (modeGiven || addressesGiven) {
                        return of(
                                modeGiven ? mode.group(1) : "iptables",
                                false,
                                addressesGiven ? addresses.group(1) : "",
                                set.at("spec.containers"));
                    }
                }
            }
        }
        return of("iptables", false, "", null);
    }

    /** @param addresses separated by anything that no range has in it */
    private static ServiceProxy of(String mode, boolean masqueradeAll, String addresses, Place place) {
        List<String> nodePorts = Arrays.stream(addresses.split("[^0-9A-Za-z.:/]+"))
                .filter(range -> !range.isEmpty())
                .toList();
        boolean unsaid = nodePorts.isEmpty() && mode.equals("nftables");
        return new ServiceProxy(mode, masqueradeAll, unsaid ? List.of(PRIMARY) : nodePorts, place);
    }

    /** Those of the node's addresses on which it serves node ports (KubeProxyConfiguration, nodePortAddresses). */
    List<String> nodePortAddresses(Node node) {
        List<String> all = node.addresses();
        if (nodePorts.isEmpty() || nodePorts.contains("all")) {
            return all;
        }
        List<String> served = new ArrayList<>();
        for (String address : all) {
            boolean primary = all.stream()
                    .filter(one -> one.indexOf(':') >= 0 == address.indexOf(':') >= 0)
                    .findFirst()
                    .orElseThrow()
                    .equals(address);
            boolean listed = nodePorts.stream()
                    .flatMap(range -> Cidr.tryParse(range).stream())
                    .anyMatch(range -> Cidr.tryParse(address).stream().anyMatch(range::contains));
            if (listed || primary && nodePorts.contains(PRIMARY)) {
                served.add(address);
            }
        }
        return served;
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
