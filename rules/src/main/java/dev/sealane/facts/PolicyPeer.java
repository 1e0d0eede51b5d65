package dev.sealane.facts;

/**
 * A peer of a NetworkPolicy rule that is given by selectors.
 *
 * @param peer the place of the peer in the policy
 * @param matches whether any pod of the cluster is meant
 * @param unknownLabel a label key that the namespace selector requires and no namespace has; null if there is none
 */
public record PolicyPeer(Ref policy, NetworkPolicy.Peer peer, Answer matches, String unknownLabel) {
    /** What the peer says, for messages. */
    public String selectors() {
        if (peer.namespaceSelector() == null) {
            return "podSelector " + peer.podSelector();
        }
        String namespaces = "namespaceSelector " + peer.namespaceSelector();
        return peer.podSelector() == null ? namespaces : namespaces + " with podSelector " + peer.podSelector();
    }
}
