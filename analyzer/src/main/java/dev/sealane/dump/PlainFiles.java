package dev.sealane.dump;

import dev.sealane.dump.Member.Use;
import dev.sealane.facts.Kind;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** No dump at all: manifests, or what somebody wrote with {@code kubectl get}. A name is a hint and proves nothing. */
final class PlainFiles implements DumpLayout {
    private static final Map<String, Kind> PLURALS =
            Kind.KNOWN.stream().collect(Collectors.toMap(Kind::plural, kind -> kind));

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
        boolean manifest = lower.endsWith(".yaml") || lower.endsWith(".yml") || lower.endsWith(".json");
        int dot = lower.lastIndexOf('.');
        String base = dot < 0 ? lower : lower.substring(0, dot);
        Kind kind = PLURALS.get(base);
        // kubectl prints the same empty list whatever was asked for, so that the name is the only word of what it is.
        // Of a kind that lives in namespaces it would still not tell in which.
        Use use = manifest ? Use.OBJECTS : Use.LOG;
        return new Member(use, kind, "", "", kind != null && !kind.namespaced(), "", "");
    }
}
