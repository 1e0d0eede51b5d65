package dev.sealane.facts;

import java.util.List;

/** A ReferenceGrant of the Gateway API: whose routes may lead to Services of its namespace. */
public record ReferenceGrant(Meta meta, List<From> from, List<To> to) implements Resource {
    public static final Kind KIND = new Kind(Gateway.GROUP, "ReferenceGrant");

    /** Objects of a kind in a namespace. */
    public record From(Kind kind, String namespace) {}

    /** @param name empty for all of the kind */
    public record To(Kind kind, String name) {}

    public ReferenceGrant {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }

    /** Whether objects of that kind and namespace may refer to this one. */
    public boolean lets(Kind kind, String namespace, Ref target) {
        return target.namespace().equals(namespace())
                && from.contains(new From(kind, namespace))
                && (to.contains(new To(target.kind(), "")) || to.contains(new To(target.kind(), target.name())));
    }
}
