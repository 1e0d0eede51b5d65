package dev.sealane.link;

import dev.sealane.facts.Namespace;
import dev.sealane.facts.Node;
import dev.sealane.facts.Resource;
import java.util.List;

/** Which distribution of Kubernetes the Nodes and Namespaces show. */
final class Distribution {

    private Distribution() {}

    /** A name as in the knowledge tables; empty if the input does not tell. */
    static String of(List<Resource> resources) {
        String found = "";
        for (Resource resource : resources) {
            if (resource instanceof Node node) {
                String named = of(node);
                found = named.isEmpty() ? found : named;
            }
            if (resource instanceof Namespace namespace
                    && namespace.name().equals("openshift-ingress")
                    && namespace.meta().captured()) {
                return "OpenShift";
            }
        }
        return found;
    }

    private static String of(Node node) {
        String version = node.kubeletVersion();
        if (node.labels().has("node.openshift.io/os_id")) {
            return "OpenShift";
        }
        if (version.contains("+k3s")) {
            return "k3s";
        }
        if (version.contains("+rke2")) {
            return "RKE2";
        }
        if (version.contains("-eks-")) {
            return "EKS";
        }
        if (version.contains("-gke.")) {
            return "GKE";
        }
        if (node.labels().has("kubernetes.azure.com/cluster")) {
            return "AKS";
        }
        if (node.providerID().startsWith("kind://")) {
            return "kind";
        }
        return node.providerID().startsWith("ocid1.") ? "OKE" : "";
    }
}
