package dev.sealane.dump;

import dev.sealane.dump.Member.Use;
import dev.sealane.facts.Kind;
import java.util.Collection;
import java.util.Locale;

/** No dump at all: manifests, or what somebody wrote with {@code kubectl get}. A name is a hint and proves nothing. */
final class PlainFiles implements DumpLayout {
    @Override
    public String name() {
        return "files";
    }

    @Override
    public Dump recognise(Collection<String> names) {
        return new Recognised(this, "", PlainFiles::of);
    }

    static Member of(String name) {
        String lower = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (!lower.endsWith(".yaml") && !lower.endsWith(".yml") && !lower.endsWith(".json")) {
            return Member.LOG;
        }
        String base = lower.substring(0, lower.lastIndexOf('.'));
        Kind kind = Kind.KNOWN.stream()
                .filter(known -> known.plural().equals(base))
                .findFirst()
                .orElse(null);
        // kubectl prints the same empty list whatever was asked for, so that the name is the only word of what it is.
        // Of a kind that lives in namespaces it would still not tell in which.
        return new Member(Use.OBJECTS, kind, "", "", kind != null && !kind.namespaced(), "", "");
    }
}
