package dev.sealane.dump;

import dev.sealane.dump.Member.Use;
import dev.sealane.facts.Coverage;
import dev.sealane.facts.Kind;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * No dump at all: manifests, or what somebody wrote with {@code kubectl get}. A name is a hint and proves nothing, but
 * for those that Sealane itself asks for: {@code pods.all-namespaces.yaml} and {@code pods.namespace-shop.yaml}. The
 * text of a list does not tell whether all namespaces were asked for, and that of an empty one tells nothing.
 */
final class PlainFiles implements DumpLayout {
    private static final Map<String, Kind> PLURALS =
            Kind.KNOWN.stream().collect(Collectors.toMap(Kind::plural, kind -> kind));

    private static final Pattern ASKED_FOR = Pattern.compile("(.*)\\.(all-namespaces|namespace-([a-z0-9-]+))");

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
        Matcher asked = ASKED_FOR.matcher(base);
        if (manifest && asked.matches()) {
            Kind kind = PLURALS.get(asked.group(1));
            if (kind != null && kind.namespaced()) {
                String apiVersion = kind.group().isEmpty() ? "v1" : kind.group() + "/v1";
                String namespace = asked.group(3) == null ? Coverage.EVERYWHERE : asked.group(3);
                return new Member(Use.OBJECTS, kind, apiVersion, namespace, true, "", "");
            }
        }
        Kind kind = PLURALS.get(base);
        // kubectl prints the same empty list whatever was asked for, so that the name is the only word of what it is.
        // Of a kind that lives in namespaces it would still not tell in which.
        Use use = manifest ? Use.OBJECTS : Use.LOG;
        return new Member(use, kind, "", "", kind != null && !kind.namespaced(), "", "");
    }
}
