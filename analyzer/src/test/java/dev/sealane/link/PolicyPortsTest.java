package dev.sealane.link;

import static dev.sealane.link.Linked.deployment;
import static dev.sealane.link.Linked.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sealane.facts.PolicyPort;
import dev.sealane.facts.PolicyPort.Mistake;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyPortsTest {
    private static final String WEB = deployment(
            "web",
            "app: web",
            "containers: [{name: c, ports: [{name: http, containerPort: 8080}, "
                    + "{name: dns, containerPort: 5353, protocol: UDP}]}]");

    private static final String SERVICE =
            "apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}, "
                    + "ports: [{name: http, port: 80, targetPort: http}, "
                    + "{name: dns, port: 53, protocol: UDP, targetPort: dns}]}";

    private static String ingress(String ports) {
        return policy("in", "podSelector: {matchLabels: {app: web}}, ingress: [{ports: [" + ports + "]}]");
    }

    private static String egress(String to, String ports) {
        return policy(
                "out", "podSelector: {}, policyTypes: [Egress], egress: [{to: [" + to + "], ports: [" + ports + "]}]");
    }

    private static String mistakes(String... objects) {
        List<PolicyPort> facts = Linked.manifests(objects).all(PolicyPort.class);
        List<String> words = new ArrayList<>();
        facts.forEach(fact -> words.add(fact.kind() + " " + fact.place().path()));
        return String.join(", ", words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{port: 80}                                   | SERVICE_PORT spec.ingress[0].ports[0].port",
                "{port: 53, protocol: UDP}                    | SERVICE_PORT spec.ingress[0].ports[0].port",
                "{port: 80}, {port: 8080}                     | ''",
                "{port: 80}, {port: http}                     | ''",
                "{port: 80}, {protocol: TCP}                  | ''",
                "{port: 80, endPort: 90}                      | ''",
                "{port: 80}, {port: 8000, endPort: 9000}      | ''",
                "{port: 8080}                                 | ''",
                "{port: https}                                | UNKNOWN_NAME spec.ingress[0].ports[0].port",
                "{port: dns}                                  | UNKNOWN_NAME spec.ingress[0].ports[0].port",
                "{port: dns, protocol: UDP}, {port: http}     | ''",
                "{port: 9000}                                 | UNSERVED spec.ingress[0].ports[0].port",
                "{port: 9000}, {port: 9001, endPort: 9009}    | UNSERVED spec.ingress[0].ports[0].port",
                "{port: 5353}                                 | UNSERVED spec.ingress[0].ports[0].port",
                "{port: 9000}, {port: 5353, protocol: UDP}    | ''",
                "{port: 9000}, {port: 8080}                   | ''",
            })
    void portsOfIngress(String ports, String mistakes) {
        assertEquals(mistakes, mistakes(WEB, SERVICE, ingress(ports)));
    }

    @Test
    void anotherPolicyMayLetThemIn() {
        String other = policy("all", "podSelector: {}, ingress: [{ports: [{port: 8080}]}]");
        assertEquals("", mistakes(WEB, SERVICE, ingress("{port: 80}"), other));
        assertEquals("", mistakes(WEB, SERVICE, ingress("{port: 9000}"), other));
    }

    @Test
    void portsOfEgressAreThoseOfThePeers() {
        String web = "{podSelector: {matchLabels: {app: web}}}";
        String block = "{ipBlock: {cidr: 192.0.2.0/24}}";
        String service = "SERVICE_PORT spec.egress[0].ports[0].port";
        assertEquals(service, mistakes(WEB, SERVICE, egress(web, "{port: 80}")));
        assertEquals("", mistakes(WEB, SERVICE, egress(web + ", " + block, "{port: 80}")), "addresses may have it");
        assertEquals("", mistakes(WEB, SERVICE, egress("", "{port: 80}")), "anybody may have it");
        String name = "UNKNOWN_NAME spec.egress[0].ports[0].port";
        assertEquals(name, mistakes(WEB, SERVICE, egress(web, "{port: https}")));
        assertEquals("", mistakes(WEB, SERVICE, egress(web, "{port: 9000}")), "left to ingress");
    }

    /** It is before the packet is translated that the eBPF program of the Amazon VPC CNI sees it. */
    @Test
    void amazonsEgressIsByTheServicesPort() {
        String cni = "apiVersion: apps/v1, kind: DaemonSet, metadata: {name: aws-node, namespace: kube-system}, spec: "
                + "{template: {metadata: {labels: {k8s-app: aws-node}}, spec: {containers: [{name: aws-node, args: "
                + "[--enable-network-policy=true]}]}}}";
        String web = "{podSelector: {matchLabels: {app: web}}}";
        assertEquals("", mistakes(WEB, SERVICE, cni, egress(web, "{port: 80}")));
        assertEquals("SERVICE_PORT spec.ingress[0].ports[0].port", mistakes(WEB, SERVICE, cni, ingress("{port: 80}")));
    }

    @Test
    void podsThatServeItAreNotMistaken() {
        String both = WEB.replace("[{name: http", "[{containerPort: 80}, {name: http");
        assertEquals("", mistakes(both, SERVICE, ingress("{port: 80}")));
        String headless = SERVICE.replace("spec: {selector", "spec: {clusterIP: None, selector");
        assertEquals("", mistakes(WEB, headless, ingress("{port: 80}")));
    }

    @Test
    void undeclaredPortsAreNotUnserved() {
        String silent = deployment("web", "app: web", "containers: [{name: c}]");
        assertEquals(
                "", mistakes(silent, SERVICE.replace("targetPort: http", "targetPort: 8080"), ingress("{port: 9}")));
        assertEquals("", mistakes(WEB, ingress("{port: 9000}")), "no Service of the namespace is in the input");
    }

    @Test
    void podsMustBeInTheInput() {
        List<PolicyPort> facts =
                Linked.manifests(SERVICE, ingress("{port: https}")).all(PolicyPort.class);
        assertEquals(List.of(), facts);
    }

    @Test
    void saysWhatIsServed() {
        List<String> texts = Stream.of("{port: 80}", "{port: https}", "{port: 9000}")
                .map(ports -> Linked.manifests(WEB, SERVICE, ingress(ports)).one(PolicyPort.class))
                .map(fact -> fact.allowed() + "; " + fact.pods() + "; " + fact.served())
                .toList();
        assertEquals(
                List.of(
                        "80 is the port of Service shop/web; Deployment shop/web; TCP 8080",
                        "https/TCP; Deployment shop/web; http 8080/TCP, dns 5353/UDP",
                        "TCP 9000; Deployment shop/web; http 8080/TCP, dns 5353/UDP"),
                texts);
        assertEquals(
                Mistake.UNSERVED,
                Linked.manifests(WEB, SERVICE, ingress("{port: 9000}"))
                        .one(PolicyPort.class)
                        .kind());
    }
}
