package dev.sealane.facts;

/** An IngressClass. */
public record IngressClass(Meta meta, String controller) implements Resource {
    public static final String DEFAULT_ANNOTATION = "ingressclass.kubernetes.io/is-default-class";

    /** Whether an Ingress that names no class gets this one when it is created. */
    public boolean isDefault() {
        return meta.annotation(DEFAULT_ANNOTATION).equals("true");
    }

    /** The place of the annotation that makes it the default. */
    public Place defaultPlace() {
        return at(Place.key("metadata.annotations", DEFAULT_ANNOTATION));
    }
}
