package dev.sealane.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionTest {

    private static String distribution(String... objects) {
        return Linked.capture(objects).network().cluster().distribution();
    }

    private static String node(String name, String labels, String providerID, String kubeletVersion) {
        return "apiVersion: v1, kind: Node, metadata: {name: " + name + ", labels: {" + labels
                + "}}, spec: {providerID: \"" + providerID + "\"}, status: {nodeInfo: {kubeletVersion: \""
                + kubeletVersion + "\"}}";
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                    '',                     v1.31.2+k3s1,          k3s",
        "'',                                    '',                     v1.31.2+rke2r1,        RKE2",
        "'',                                    aws:///eu/i-1,          v1.31.2-eks-7f9249a,   EKS",
        "'',                                    gce://p/z/n,            v1.31.2-gke.1004000,   GKE",
        "'kubernetes.azure.com/cluster: c',     azure:///s,             v1.31.2,               AKS",
        "'',                                    kind://docker/kind/n,   v1.31.2,               kind",
        "'',                                    ocid1.instance.oc1.x,   v1.31.2,               OKE",
        "'node.openshift.io/os_id: rhel',       aws:///eu/i-1,          v1.31.2,               OpenShift",
        "'',                                    aws:///eu/i-1,          v1.31.2,               ''",
        "'',                                    '',                     '',                    ''",
    })
    void ofANode(String labels, String providerID, String kubeletVersion, String expected) {
        assertEquals(expected, distribution(node("node", labels, providerID, kubeletVersion)));
    }

    @Test
    void oneNodeThatTellsIsEnough() {
        String k3s = node("one", "", "", "v1.31.2+k3s1");
        String plain = node("two", "", "", "v1.31.2");
        assertEquals("k3s", distribution(k3s, plain));
        assertEquals("k3s", distribution(plain, k3s));
    }

    @Test
    void openShiftShowsByItsIngressNamespace() {
        String namespace = Linked.namespace("openshift-ingress", "");
        assertEquals("OpenShift", distribution(namespace));
        assertEquals("", distribution(Linked.namespace("openshift", "")));
        assertEquals("", Linked.manifests(namespace).network().cluster().distribution());
    }
}
