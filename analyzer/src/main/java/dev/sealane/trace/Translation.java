package dev.sealane.trace;

import dev.sealane.facts.Protocol;
import dev.sealane.facts.Service;
import dev.sealane.facts.ServicePort;
import dev.sealane.facts.Text;
import java.util.List;

/**
 * The middle of a way.
 *
 * @param service null if the client knows the endpoint's own address
 * @param nodeName the node that translates
 */
record Translation(
        Service service,
        ServicePort servicePort,
        String address,
        String nodeName,
        Backend backend,
        Protocol protocol,
        Text why,
        boolean outward,
        boolean uncertain,
        Backends.Found found,
        List<Step> before) {
    Translation(
            Service service,
            ServicePort port,
            String address,
            String nodeName,
            Backend backend,
            Protocol protocol,
            Text why) {
        this(service, port, address, nodeName, backend, protocol, why, false, false, null, List.of());
    }

    int port() {
        return outward && servicePort.nodePort() != 0 && !service.type().equals("LoadBalancer")
                ? servicePort.nodePort()
                : servicePort.port();
    }
}
