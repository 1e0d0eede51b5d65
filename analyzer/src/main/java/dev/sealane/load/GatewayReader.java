package dev.sealane.load;

import dev.sealane.facts.Gateway;
import dev.sealane.facts.Gateway.From;
import dev.sealane.facts.Gateway.Listener;
import dev.sealane.facts.GatewayRoute;
import dev.sealane.facts.GatewayRoute.Backend;
import dev.sealane.facts.GatewayRoute.Match;
import dev.sealane.facts.GatewayRoute.Parent;
import dev.sealane.facts.GatewayRoute.Rule;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Meta;
import dev.sealane.facts.Ref;
import dev.sealane.facts.ReferenceGrant;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Selector;
import java.util.ArrayList;
import java.util.List;

/** Reads the Gateway API: Gateways, the routes of HTTP, gRPC and TLS, and ReferenceGrants, of any version. */
final class GatewayReader {
    private GatewayReader() {}

    static boolean reads(Kind kind) {
        return kind.equals(Gateway.KIND) || kind.equals(ReferenceGrant.KIND) || GatewayRoute.is(kind);
    }

    static Resource read(Fields object, Meta meta) {
        Fields spec = object.mapping("spec");
        if (meta.ref().kind().equals(Gateway.KIND)) {
            return new Gateway(
                    meta,
                    spec.word("gatewayClassName"),
                    spec.list("listeners").stream().map(GatewayReader::listener).toList(),
                    object.mapping("status").list("addresses").stream()
                            .map(address -> address.word("value"))
                            .toList());
        }
        return meta.ref().kind().equals(ReferenceGrant.KIND) ? grant(spec, meta) : route(spec, meta);
    }

    private static Listener listener(Fields listener) {
        Fields allowed = listener.mapping("allowedRoutes");
        Fields namespaces = allowed.mapping("namespaces");
        From from = switch (namespaces.word("from")) {
            case "All" -> From.ALL;
            case "Selector" -> From.SELECTOR;
            case "None" -> From.NONE;
            default -> From.SAME;
        };
        return new Listener(
                listener.word("name"),
                listener.word("hostname"),
                listener.integer("port", 0),
                listener.word("protocol"),
                from,
                from == From.SELECTOR ? selector(namespaces) : null,
                allowed.list("kinds").stream().map(kind -> kind.word("kind")).toList(),
                listener.path());
    }

    /** An absent one selects nothing; an empty one, everything. */
    private static Selector selector(Fields namespaces) {
        return NetworkPolicyReader.selector(namespaces, "selector");
    }

    private static ReferenceGrant grant(Fields spec, Meta meta) {
        List<ReferenceGrant.From> from = new ArrayList<>();
        for (Fields one : spec.list("from")) {
            from.add(new ReferenceGrant.From(new Kind(one.word("group"), one.word("kind")), one.word("namespace")));
        }
        List<ReferenceGrant.To> to = new ArrayList<>();
        for (Fields one : spec.list("to")) {
            to.add(new ReferenceGrant.To(new Kind(one.word("group"), one.word("kind")), one.word("name")));
        }
        return new ReferenceGrant(meta, from, to);
    }

    private static GatewayRoute route(Fields spec, Meta meta) {
        List<Parent> parents = new ArrayList<>();
        for (Fields parent : spec.list("parentRefs")) {
            parents.add(new Parent(
                    ref(parent, Gateway.GROUP, "Gateway", meta),
                    parent.word("sectionName"),
                    parent.integer("port", 0),
                    parent.path()));
        }
        List<Rule> rules = new ArrayList<>();
        spec.list("rules").forEach(rule -> rules.add(rule(rule, meta)));
        if (rules.isEmpty()) {
            // The default of the API: everything, to nowhere.
            rules.add(new Rule(List.of(everything(spec)), List.of(), false, spec.path()));
        }
        return new GatewayRoute(meta, parents, spec.strings("hostnames"), rules);
    }

    private static Ref ref(Fields fields, String group, String kind, Meta meta) {
        String namespace = fields.word("namespace");
        return new Ref(
                new Kind(
                        fields.has("group") ? fields.word("group") : group,
                        fields.filled("kind") ? fields.word("kind") : kind),
                namespace.isEmpty() ? meta.ref().namespace() : namespace,
                fields.word("name"));
    }

    private static Rule rule(Fields rule, Meta meta) {
        List<Match> matches = new ArrayList<>();
        for (Fields match : rule.list("matches")) {
            matches.add(meta.ref().kind().name().equals("GRPCRoute") ? call(match) : request(match));
        }
        if (matches.isEmpty()) {
            matches.add(everything(rule));
        }
        List<Backend> backends = new ArrayList<>();
        for (Fields backend : rule.list("backendRefs")) {
            backends.add(new Backend(
                    ref(backend, "", "Service", meta),
                    backend.integer("port", 0),
                    backend.integer("weight", 1),
                    backend.path()));
        }
        boolean redirects = rule.list("filters").stream()
                .anyMatch(filter -> filter.word("type").equals("RequestRedirect"));
        return new Rule(matches, backends, redirects, rule.path());
    }

    private static Match everything(Fields at) {
        return new Match("/", false, "", at.path());
    }

    private static Match request(Fields match) {
        Fields path = match.mapping("path");
        List<String> conditions = new ArrayList<>();
        boolean expression = path.word("type").equals("RegularExpression");
        if (expression) {
            conditions.add("a path of the form " + path.text("value"));
        }
        if (match.filled("method")) {
            conditions.add("method " + match.word("method"));
        }
        if (match.filled("headers")) {
            conditions.add("certain headers");
        }
        if (match.filled("queryParams")) {
            conditions.add("certain query parameters");
        }
        String value = expression ? "" : path.filled("value") ? path.text("value") : "/";
        return new Match(value, path.word("type").equals("Exact"), String.join(" and ", conditions), match.path());
    }

    /** gRPC calls a method by the path {@code /SERVICE/METHOD} (PROTOCOL-HTTP2.md of gRPC). */
    private static Match call(Fields match) {
        Fields method = match.mapping("method");
        String service = method.word("service");
        String name = method.word("method");
        List<String> conditions = new ArrayList<>();
        boolean open = method.word("type").equals("RegularExpression") || service.isEmpty() && !name.isEmpty();
        if (open) {
            conditions.add("a method of the form " + method.text("service") + "/" + method.text("method"));
        }
        if (match.filled("headers")) {
            conditions.add("certain headers");
        }
        String value = open ? "" : service.isEmpty() ? "/" : "/" + service + (name.isEmpty() ? "" : "/" + name);
        return new Match(value, !name.isEmpty(), String.join(" and ", conditions), match.path());
    }
}
