package dev.sealane.trace;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.Node;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Text;
import dev.sealane.policy.Decision;
import dev.sealane.policy.Endpoint;
import java.util.Arrays;
import java.util.List;

/** The way to a node itself, and to addresses that no pod of the input has. */
final class AddressPath {
    private final Backends backends;
    private final PolicyDecisions decisions;

    AddressPath(Backends backends, PolicyDecisions decisions) {
        this.backends = backends;
        this.decisions = decisions;
    }

    Way toAddress(End client, Cidr range, String domainName, String shown, int port, Protocol protocol) {
        boolean inside = backends.podRange(range);
        Decision egress =
                decisions.egress(client, new Endpoint.Addresses(range, !inside, domainName), null, protocol, port);
        Object key = Arrays.asList(client.alike(), shown, port, egress);
        return new Way(client, key, List.of(), List.of(shown), (walk, endpoints) -> {
            if (egress != null
                    && !walk.filter(
                            "egress to " + Tuple.join(shown, port) + "/" + protocol,
                            egress,
                            PolicyDecisions.reach(egress, client))) {
                return;
            }
            Tuple packet = leave(walk, client, new Tuple(client.source(), shown, port, protocol), inside);
            if (inside) {
                Text text = Text.of("%s is in the range of the pods, and no pod of the input has it", shown);
                walk.hop(shown).step(new Step.Routed(text, null));
                walk.judge(Reach.UNKNOWN, text);
                return;
            }
            walk.hop(shown)
                    .step(new Step.Delivered(
                            Text.of("port %s/%s, outside of what the input shows", port, protocol), null, packet));
            ReplyPath.write(walk, client, false);
        });
    }

    Way toNode(End client, Node node, int port, Protocol protocol) {
        Decision egress = client.isPod() && !client.onHost()
                ? decisions.egress(client, PolicyDecisions.host(node, node.name()), null, protocol, port)
                : null;
        String address =
                node.addresses().isEmpty() ? node.name() : node.addresses().getFirst();
        Object key = Arrays.asList(client.alike(), node.name(), port, egress);
        return new Way(client, key, List.of(), List.of(node.name()), (walk, endpoints) -> {
            if (egress != null
                    && !walk.filter(
                            "egress to " + Tuple.join(address, port) + "/" + protocol,
                            egress,
                            PolicyDecisions.reach(egress, client))) {
                return;
            }
            Tuple packet = leave(
                    walk,
                    client,
                    new Tuple(client.source(), address, port, protocol),
                    client.nodeName().equals(node.name()));
            walk.hop("Node " + node.name())
                    .step(new Step.Delivered(
                            Text.of(
                                    "port %s/%s of the node itself; what listens there is not in the input",
                                    port, protocol),
                            node.at(""),
                            packet));
            ReplyPath.write(walk, client, false);
        });
    }

    /** What leaves the pod network does so with the node's address. */
    Tuple leave(Walk walk, End client, Tuple packet, boolean inside) {
        Node own = backends.node(client.nodeName());
        if (inside
                || client.isOutside()
                || own == null
                || own.addresses().isEmpty()
                || packet.source().equals(own.addresses().getFirst())) {
            return packet;
        }
        Tuple hidden = packet.from(own.addresses().getFirst());
        walk.step(new Step.Translated(
                Text.of(
                        "SNAT %s to %s, as most CNIs do for what leaves the pod network",
                        packet.source(), hidden.source()),
                own.at("status.addresses"),
                true,
                packet,
                hidden));
        return hidden;
    }
}
