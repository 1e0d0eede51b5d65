package dev.sealane.dump;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A backup by velero: one file an object, and the same again in a folder for the preferred version. What was left out
 * is said in {@code velero-backup.json}, which is beside the archive and not in it, so that absence proves nothing.
 */
final class Velero implements DumpLayout {
    private static final List<Pattern> ANCHORS = Names.patterns(
            "metadata/version$",
            "resources/[^/]+/[a-z0-9]+-preferredversion/",
            "resources/[^/]+/(namespaces/[^/]+|cluster)/[^/]+\\.json$");

    /** Plural with group, version, namespace, name. */
    private static final Pattern OBJECT =
            Pattern.compile("resources/([^/]+)/(?:([^/]+)/)??(?:namespaces/([^/]+)|cluster)/([^/]+)\\.json");

    @Override
    public String name() {
        return "velero";
    }

    @Override
    public Dump recognise(Collection<String> names) {
        for (String root : Names.roots(names, "resources/")) {
            if (Names.matching(names, root, ANCHORS) > 1) {
                Set<String> all = Set.copyOf(names);
                Set<String> evidence = new TreeSet<>(Set.of(root + "velero-backup.json"));
                evidence.retainAll(all);
                return new Recognised(
                        this, root, name -> member(name, root, all), evidence, Velero::evidence, Set.of());
            }
        }
        return null;
    }

    private static Member member(String name, String root, Set<String> names) {
        Matcher object = OBJECT.matcher(name);
        if (!object.matches()) {
            return Member.LOG;
        }
        String folder = object.group(2);
        boolean again = folder != null && names.contains(root + name.replace("/" + folder + "/", "/"));
        String namespace = object.group(3) == null ? "" : object.group(3);
        return again ? Member.LOG : Member.some(Plurals.qualified(object.group(1)), namespace);
    }

    private static Evidence evidence(Map<String, String> texts) {
        return texts.values().stream()
                .map(text -> Json.get(Json.parse(text), "status"))
                .map(status -> new Evidence("", Texts.time(Json.string(status, "startTimestamp")), List.of()))
                .findFirst()
                .orElse(Evidence.NONE);
    }
}
