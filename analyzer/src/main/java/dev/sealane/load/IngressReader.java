package dev.sealane.load;

import dev.sealane.facts.Ingress;
import dev.sealane.facts.Ingress.Backend;
import dev.sealane.facts.Ingress.Path;
import dev.sealane.facts.Ingress.Tls;
import dev.sealane.facts.IntOrString;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Meta;
import dev.sealane.facts.Ref;
import java.util.ArrayList;
import java.util.List;

/** Reads Ingresses: the shape of v1, and that of the versions before it. */
final class IngressReader {
    private IngressReader() {}

    static Ingress ingress(Fields object, Meta meta) {
        Fields spec = object.mapping("spec");
        String namespace = meta.ref().namespace();
        String defaultBackend = spec.has("backend") ? "backend" : "defaultBackend";
        List<Path> paths = new ArrayList<>();
        for (Fields rule : spec.list("rules")) {
            String host = rule.word("host");
            for (Fields path : rule.mapping("http").list("paths")) {
                paths.add(new Path(
                        host,
                        path.word("path"),
                        path.word("pathType"),
                        backend(path.mapping("backend"), namespace),
                        path.path()));
            }
        }
        List<Tls> tls = new ArrayList<>();
        for (Fields entry : spec.list("tls")) {
            String secret = entry.word("secretName");
            Ref ref = secret.isEmpty() ? null : new Ref(Kind.SECRET, namespace, secret);
            tls.add(new Tls(entry.strings("hosts"), ref, entry.path("secretName")));
        }
        return new Ingress(
                meta,
                spec.word("ingressClassName"),
                spec.has(defaultBackend) ? backend(spec.mapping(defaultBackend), namespace) : null,
                paths,
                tls);
    }

    private static Backend backend(Fields backend, String namespace) {
        if (backend.has("serviceName")) {
            IntOrString port = backend.intOrString("servicePort");
            Ref service = new Ref(Kind.SERVICE, namespace, backend.word("serviceName"));
            return new Backend(
                    service,
                    port == null ? IntOrString.of(0) : port,
                    backend.path(),
                    backend.path("serviceName"),
                    backend.path("servicePort"));
        }
        Fields service = backend.mapping("service");
        Fields port = service.mapping("port");
        String name = service.word("name");
        boolean named = !port.word("name").isEmpty();
        int number = named ? 0 : port.has("number") ? port.port("number") : 0;
        if (!name.isEmpty() && !named && !port.has("number")) {
            service.missing("port");
        }
        return new Backend(
                name.isEmpty() ? null : new Ref(Kind.SERVICE, namespace, name),
                named ? IntOrString.of(port.word("name")) : IntOrString.of(number),
                backend.path(),
                service.path("name"),
                port.path(named ? "name" : "number"));
    }
}
