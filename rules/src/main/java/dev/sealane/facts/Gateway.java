package dev.sealane.facts;

import java.util.List;

/**
 * A Gateway of the Gateway API.
 *
 * @param addresses those that its status names, addresses and host names
 */
public record Gateway(Meta meta, String className, List<Listener> listeners, List<String> addresses)
        implements Resource {
    public static final String GROUP = "gateway.networking.k8s.io";
    public static final Kind KIND = new Kind(GROUP, "Gateway");

    /** The namespaces whose routes a listener takes. */
    public enum From {
        ALL,
        SAME,
        SELECTOR,
        NONE
    }

    /**
     * A port with a protocol and a host name.
     *
     * @param hostname empty for any
     * @param protocol {@code HTTP}, {@code HTTPS}, {@code TLS}, {@code TCP}, {@code UDP} or an implementation's own
     * @param namespaces null unless {@code from} is SELECTOR
     * @param kinds the kinds of routes that it takes; those of the protocol if it names none
     * @param path the place of the listener
     */
    public record Listener(
            String name,
            String hostname,
            int port,
            String protocol,
            From from,
            Selector namespaces,
            List<String> kinds,
            String path) {
        public Listener {
            kinds = List.copyOf(kinds);
        }

        @Override
        public String toString() {
            return name + " (" + protocol + " " + port + (hostname.isEmpty() ? "" : ", " + hostname) + ")";
        }
    }

    public Gateway {
        listeners = List.copyOf(listeners);
        addresses = List.copyOf(addresses);
    }
}
