package dev.sealane.dump;

import dev.sealane.facts.Kind;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** The logs collector of Rancher 2, of one node. Of what it asks the API server, only the nodes are not in tables. */
final class RancherLogsCollector implements DumpLayout {
    private static final List<Pattern> ANCHORS = Names.patterns(
            "networking/iptablessave$",
            "networking/(ipaddrshow|iproute|ssanp)$",
            "(k3s|rke|rke2|k8s)/",
            "systeminfo/",
            "journald/");

    private static final Pattern NODES = Pattern.compile("[^/]+/kubectl/nodes\\.json");

    @Override
    public String name() {
        return "rancher-logs-collector";
    }

    @Override
    public Dump recognise(Collection<String> names) {
        return Names.roots(names, "networking/iptablessave").stream()
                .filter(root -> Names.matching(names, root, ANCHORS) > 2)
                .findFirst()
                .map(root -> new Recognised(this, root, RancherLogsCollector::member))
                .orElse(null);
    }

    private static Member member(String name) {
        if (NODES.matcher(name).matches()) {
            return Member.all(Kind.NODE, "");
        }
        return name.startsWith("networking/") ? Member.node("") : Member.LOG;
    }
}
