package dev.sealane.load;

import dev.sealane.facts.Kind;
import dev.sealane.facts.Meta;
import dev.sealane.facts.OpenShiftRoute;
import dev.sealane.facts.OpenShiftRoute.Backend;
import dev.sealane.facts.Ref;
import java.util.ArrayList;
import java.util.List;

/** Reads Routes of OpenShift. */
final class OpenShiftRouteReader {
    private OpenShiftRouteReader() {}

    static OpenShiftRoute route(Fields object, Meta meta) {
        Fields spec = object.mapping("spec");
        List<Backend> backends = new ArrayList<>();
        backends.add(backend(spec.mapping("to"), meta));
        spec.list("alternateBackends").forEach(other -> backends.add(backend(other, meta)));
        List<String> routers = new ArrayList<>();
        String refusal = "";
        for (Fields router : object.mapping("status").list("ingress")) {
            String refused = refusal(router);
            if (refused == null) {
                routers.add(router.word("routerName"));
            } else {
                refusal = refused;
            }
        }
        Fields tls = spec.mapping("tls");
        return new OpenShiftRoute(
                meta,
                spec.word("host"),
                spec.word("wildcardPolicy").equals("Subdomain"),
                spec.text("path"),
                backends,
                spec.mapping("port").intOrString("targetPort"),
                tls.word("termination"),
                tls.word("insecureEdgeTerminationPolicy"),
                routers,
                routers.isEmpty() ? refusal : "");
    }

    /** The default of {@code weight} is 100 (route/v1/types.go). */
    private static Backend backend(Fields to, Meta meta) {
        return new Backend(
                new Ref(Kind.SERVICE, meta.ref().namespace(), to.word("name")), to.integer("weight", 100), to.path());
    }

    /** The reason if one says so; null if it has taken the Route, or does not tell. */
    private static String refusal(Fields router) {
        for (Fields condition : router.list("conditions")) {
            if (condition.word("type").equals("Admitted")
                    && condition.word("status").equals("False")) {
                String reason = condition.word("reason");
                return reason.isEmpty() ? "not admitted" : reason;
            }
        }
        return null;
    }
}
