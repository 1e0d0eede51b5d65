package dev.sealane.facts;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An Ingress of any version; the fields have their names of v1.
 *
 * @param ingressClassName empty if absent
 * @param defaultBackend null if absent
 */
public record Ingress(Meta meta, String ingressClassName, Backend defaultBackend, List<Path> paths, List<Tls> tls)
        implements Resource {

    /** The annotation that named the class before {@code spec.ingressClassName} did. */
    public static final String CLASS_ANNOTATION = "kubernetes.io/ingress.class";

    /**
     * A Service as backend. A {@code resource} backend is none.
     *
     * @param service null for a resource backend
     * @param path the place of the backend
     * @param servicePath the place of the Service's name
     * @param portPath the place of the port
     */
    public record Backend(Ref service, IntOrString port, String path, String servicePath, String portPath) {}

    /**
     * One path of one rule.
     *
     * @param host empty if the rule has none: any host
     * @param path empty if absent
     */
    public record Path(String host, String path, String pathType, Backend backend, String place) {}

    /** One entry of {@code tls}. */
    public record Tls(List<String> hosts, Ref secret, String secretPath) {
        public Tls {
            hosts = List.copyOf(hosts);
        }
    }

    public Ingress {
        paths = List.copyOf(paths);
        tls = List.copyOf(tls);
    }

    /** All of them, the default one first; resource backends too. */
    public List<Backend> backends() {
        return Stream.concat(Stream.ofNullable(defaultBackend), paths.stream().map(Path::backend))
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableList());
    }

    /** The class that it names, by field or by annotation; empty if by neither. */
    public String className() {
        return ingressClassName.isEmpty() ? meta.annotation(CLASS_ANNOTATION) : ingressClassName;
    }

    public boolean classless() {
        return className().isEmpty();
    }

    /** Where the class is named; where it should be, if it is not. */
    public Place classPlace() {
        return ingressClassName.isEmpty() && !classless()
                ? at(Place.key("metadata.annotations", CLASS_ANNOTATION))
                : at("spec.ingressClassName");
    }
}
