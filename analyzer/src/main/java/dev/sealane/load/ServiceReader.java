package dev.sealane.load;

import dev.sealane.facts.IntOrString;
import dev.sealane.facts.Meta;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Selector;
import dev.sealane.facts.Service;
import dev.sealane.facts.Service.Traffic;
import dev.sealane.facts.ServicePort;
import java.util.ArrayList;
import java.util.List;

/** Reads Services. */
final class ServiceReader {
    private ServiceReader() {}

    static Service service(Fields object, Meta meta) {
        Fields spec = object.mapping("spec");
        List<String> clusterIPs = spec.strings("clusterIPs");
        if (clusterIPs.isEmpty() && !spec.word("clusterIP").isEmpty()) {
            clusterIPs = List.of(spec.word("clusterIP"));
        }
        return new Service(
                meta,
                type(spec),
                Selector.of(spec.stringMap("selector")),
                ports(spec, meta),
                clusterIPs,
                spec.word("externalName"),
                spec.bool("publishNotReadyAddresses"),
                traffic(spec, object.mapping("status").mapping("loadBalancer"), meta));
    }

    private static Traffic traffic(Fields spec, Fields loadBalancer, Meta meta) {
        List<String> addresses = new ArrayList<>();
        List<String> proxied = new ArrayList<>();
        List<String> hostnames = new ArrayList<>();
        for (Fields ingress : loadBalancer.list("ingress")) {
            if (ingress.has("ip")) {
                addresses.add(ingress.word("ip"));
                if (ingress.word("ipMode").equals("Proxy")) {
                    proxied.add(ingress.word("ip"));
                }
            } else if (ingress.has("hostname")) {
                hostnames.add(ingress.word("hostname"));
            }
        }
        String distribution = spec.word("trafficDistribution");
        Traffic traffic = new Traffic(
                spec.word("internalTrafficPolicy").equals("Local"),
                spec.word("externalTrafficPolicy").equals("Local"),
                distribution.isEmpty() ? meta.annotation("service.kubernetes.io/topology-mode") : distribution,
                spec.word("sessionAffinity").equals("ClientIP"),
                spec.strings("externalIPs"),
                addresses,
                proxied,
                hostnames,
                spec.strings("loadBalancerSourceRanges"));
        return traffic.equals(Traffic.DEFAULT) ? Traffic.DEFAULT : traffic;
    }

    private static String type(Fields spec) {
        String type = spec.word("type");
        switch (type) {
            case "":
                return "ClusterIP";
            case "ClusterIP", "NodePort", "LoadBalancer", "ExternalName":
                return type;
            default:
                spec.reject("type", "must be ClusterIP, NodePort, LoadBalancer or ExternalName");
                return type;
        }
    }

    private static List<ServicePort> ports(Fields spec, Meta meta) {
        List<ServicePort> ports = new ArrayList<>();
        List<Fields> list = spec.list("ports");
        for (int i = 0; i < list.size(); i++) {
            Fields field = list.get(i);
            int port = field.port("port");
            IntOrString target = field.intOrString("targetPort");
            Protocol protocol = field.protocol("protocol");
            String name = field.word("name");
            if (port == 0) {
                continue;
            }
            // Zero and the empty string mean absent (pkg/apis/core/v1/defaults.go).
            boolean given = target != null && !target.equals(IntOrString.of(0)) && !target.equals(IntOrString.of(""));
            ports.add(new ServicePort(
                    meta.ref(),
                    i,
                    name,
                    port,
                    protocol,
                    given ? target : IntOrString.of(port),
                    field.integer("nodePort", 0),
                    field.path(given ? "targetPort" : "port")));
        }
        return ports;
    }
}
