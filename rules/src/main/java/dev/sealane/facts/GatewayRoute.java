package dev.sealane.facts;

import java.util.List;
import java.util.Set;

/**
 * An HTTPRoute, GRPCRoute or TLSRoute of the Gateway API.
 *
 * @param parents Gateways, and what else it names as parents
 * @param hostnames empty for those of the listeners
 */
public record GatewayRoute(Meta meta, List<Parent> parents, List<String> hostnames, List<Rule> rules)
        implements Resource {
    private static final Set<String> KINDS = Set.of("HTTPRoute", "GRPCRoute", "TLSRoute");

    /**
     * An entry of {@code parentRefs}.
     *
     * @param sectionName of a listener; empty for any
     * @param port of a listener; 0 for any
     */
    public record Parent(Ref ref, String sectionName, int port, String path) {}

    /**
     * What is done with requests.
     *
     * @param matches not empty: without any, all paths
     * @param redirects whether the proxy answers them itself, with another address
     */
    public record Rule(List<Match> matches, List<Backend> backends, boolean redirects, String path) {
        public Rule {
            matches = List.copyOf(matches);
            backends = List.copyOf(backends);
        }
    }

    /**
     * Which requests are meant.
     *
     * @param value of the path, or the path of a method; empty for one that is not compared by its letters
     * @param exact whether the whole path must be the same, not the first of its elements
     * @param condition what else requests must have, in words; empty if the path is all
     */
    public record Match(String value, boolean exact, String condition, String path) {}

    /**
     * Where requests go.
     *
     * @param port 0 if absent
     */
    public record Backend(Ref ref, int port, int weight, String path) {}

    public GatewayRoute {
        parents = List.copyOf(parents);
        hostnames = List.copyOf(hostnames);
        rules = List.copyOf(rules);
    }

    public static boolean is(Kind kind) {
        return kind.group().equals(Gateway.GROUP) && KINDS.contains(kind.name());
    }
}
