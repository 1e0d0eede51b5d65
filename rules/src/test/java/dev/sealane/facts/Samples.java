package dev.sealane.facts;

import java.util.List;
import java.util.Map;

/** Small objects for tests. */
public final class Samples {
    public static final Origin ORIGIN = new Origin("deploy.yaml", 1, 0, 100, "");

    private Samples() {}

    public static Meta meta(Kind kind, String namespace, String name) {
        return meta(kind, namespace, name, Labels.NONE, Map.of());
    }

    public static Meta meta(Kind kind, String namespace, String name, Labels labels, Map<String, String> annotations) {
        return new Meta(new Ref(kind, namespace, name), ORIGIN, "v1", labels, annotations, null, "", "", null, false);
    }

    public static ContainerPort port(String name, int number, Protocol protocol) {
        return new ContainerPort(name, number, protocol);
    }

    public static Container container(ContainerPort... ports) {
        return new Container("main", "example.org/app", List.of(), List.of(ports));
    }

    public static PodSpec spec(Container... containers) {
        return new PodSpec(List.of(containers), false, "ClusterFirst", List.of());
    }

    public static Service service(String type, Selector selector) {
        return new Service(
                meta(Kind.SERVICE, "shop", "web"),
                type,
                selector,
                List.of(),
                List.of(),
                "db.example.org",
                false,
                Service.Traffic.DEFAULT);
    }

    public static Pod pod(String name, Labels labels, PodSpec spec, String phase) {
        return new Pod(meta(Kind.POD, "shop", name, labels, Map.of()), spec, "", List.of(), phase, null, false, "");
    }

    public static Workload deployment(String name, Labels labels, PodSpec template) {
        return new Workload(meta(Kind.DEPLOYMENT, "shop", name), 1, "spec.template", labels, template, -1, -1);
    }
}
