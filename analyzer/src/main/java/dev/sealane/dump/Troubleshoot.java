package dev.sealane.dump;

import dev.sealane.facts.Coverage;
import dev.sealane.facts.Coverage.State;
import dev.sealane.facts.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A support bundle of troubleshoot.sh (Replicated's kots, kURL and others). */
final class Troubleshoot implements DumpLayout {
    private static final String RESOURCES = "cluster-resources/";
    private static final String VERSION = "cluster-info/cluster_version.json";
    private static final String DISCOVERY = RESOURCES + "resources.json";
    private static final String DISCOVERY_ERRORS = RESOURCES + "groups-resources-errors.json";

    private static final List<Pattern> ANCHORS = Names.patterns(
            RESOURCES + "nodes\\.json$",
            RESOURCES + "namespaces\\.json$",
            RESOURCES + "(pods|services|deployments)/[^/]+\\.json$",
            RESOURCES + "(groups|resources)\\.json$",
            RESOURCES + "auth-cani-list/",
            VERSION,
            "version\\.yaml$",
            "analysis\\.json$",
            "execution-data/");

    /** What there is no API object in. */
    private static final Set<String> NO_OBJECTS = Set.of("auth-cani-list", "image-pull-secrets");

    private static final Pattern CLUSTER = Pattern.compile(RESOURCES + "([^/]+)\\.json");
    private static final Pattern NAMESPACED = Pattern.compile(RESOURCES + "([^/]+)/([^/]+)\\.json");
    private static final Pattern CUSTOM = Pattern.compile(RESOURCES + "custom-resources/(.+)\\.(json|yaml)");
    private static final Pattern ERRORS = Pattern.compile(RESOURCES + "([^/]+)-errors\\.json");
    private static final Pattern MAY_LIST = Pattern.compile(RESOURCES + "auth-cani-list/([^/]+)\\.json");

    @Override
    public String name() {
        return "troubleshoot";
    }

    @Override
    public Dump recognise(Collection<String> names) {
        for (String root : Names.roots(names, RESOURCES)) {
            if (Names.matching(names, root, ANCHORS) > 2) {
                return dump(root, names);
            }
        }
        return null;
    }

    private Dump dump(String root, Collection<String> names) {
        Set<String> rest = new HashSet<>();
        names.stream()
                .filter(name -> name.startsWith(root))
                .map(name -> name.substring(root.length()))
                .forEach(rest::add);
        // A run that was limited to some namespaces lists only these, in the same file.
        boolean everyNamespace = rest.contains(RESOURCES + "pods/kube-system.json");
        Set<String> evidence = new TreeSet<>();
        for (String name : rest) {
            if (name.equals(VERSION)
                    || name.equals(DISCOVERY)
                    || ERRORS.matcher(name).matches()
                    || MAY_LIST.matcher(name).matches()) {
                evidence.add(root + name);
            }
        }
        return new Recognised(
                this,
                root,
                name -> member(name, everyNamespace, rest),
                evidence,
                texts -> evidence(texts, root, rest),
                Set.of());
    }

    private static Member member(String name, boolean everyNamespace, Set<String> names) {
        Matcher custom = CUSTOM.matcher(name);
        if (custom.matches()) {
            boolean again = custom.group(2).equals("yaml")
                    && names.contains(RESOURCES + "custom-resources/" + custom.group(1) + ".json");
            return again ? Member.LOG : Member.objects();
        }
        Matcher cluster = CLUSTER.matcher(name);
        if (cluster.matches()) {
            Kind kind = Plurals.kind(cluster.group(1));
            if (kind == null) {
                return Member.LOG;
            }
            boolean limited = kind.equals(Kind.NAMESPACE) && !everyNamespace;
            return limited ? Member.some(kind, "") : Member.all(kind, "");
        }
        Matcher namespaced = NAMESPACED.matcher(name);
        if (namespaced.matches() && !NO_OBJECTS.contains(namespaced.group(1))) {
            Kind kind = Plurals.kind(namespaced.group(1));
            return kind == null ? Member.objects() : Member.all(kind, namespaced.group(2));
        }
        boolean host = name.startsWith("host-collectors/") || name.startsWith("sysctl/");
        return host ? Member.node(name.startsWith("sysctl/") ? name.substring("sysctl/".length()) : "") : Member.LOG;
    }

    private static Evidence evidence(Map<String, String> texts, String root, Set<String> names) {
        Object version = Json.get(Json.parse(texts.getOrDefault(root + VERSION, "")), "info");
        List<Asked> asked = new ArrayList<>();
        for (Map.Entry<String, String> text : texts.entrySet()) {
            String name = text.getKey().substring(root.length());
            Matcher errors = ERRORS.matcher(name);
            Matcher mayList = MAY_LIST.matcher(name);
            Object json = Json.parse(text.getValue());
            if (name.equals(DISCOVERY)) {
                boolean whole = !names.contains(DISCOVERY_ERRORS)
                        || Json.items(Json.parse(texts.getOrDefault(root + DISCOVERY_ERRORS, "")))
                                .isEmpty();
                if (whole) {
                    notServed(json, text.getKey(), asked);
                }
            } else if (errors.matches()) {
                errors(Plurals.kind(errors.group(1)), json, text.getKey(), asked);
            } else if (mayList.matches()) {
                forbidden(mayList.group(1), json, text.getKey(), names, asked);
            }
        }
        return new Evidence(Json.string(version, "gitVersion"), null, asked);
    }

    /** A list of messages, or a message for each namespace. */
    private static void errors(Kind kind, Object json, String file, List<Asked> asked) {
        if (kind == null) {
            return;
        }
        String everywhere = kind.namespaced() ? Coverage.EVERYWHERE : "";
        for (Object message : Json.items(json)) {
            asked.add(new Asked(kind, everywhere, State.FAILED, file, String.valueOf(message), ""));
        }
        if (json instanceof Map<?, ?> byNamespace) {
            byNamespace.forEach((namespace, message) -> asked.add(new Asked(
                    kind,
                    kind.namespaced() ? namespace.toString() : "",
                    State.FAILED,
                    file,
                    String.valueOf(message),
                    "")));
        }
    }

    /** What the API server does not know, there is none of. */
    private static void notServed(Object lists, String file, List<Asked> asked) {
        Set<Kind> served = new HashSet<>();
        for (Object list : Json.items(lists)) {
            for (Object resource : Json.items(Json.get(list, "resources"))) {
                served.add(Kind.of(Json.string(list, "groupVersion"), Json.string(resource, "kind")));
            }
        }
        if (!served.contains(Kind.POD)) {
            return;
        }
        for (Kind kind : Kind.KNOWN) {
            if (!served.contains(kind)) {
                String everywhere = kind.namespaced() ? Coverage.EVERYWHERE : "";
                asked.add(new Asked(kind, everywhere, State.EMPTY, file, "", ""));
            }
        }
    }

    /** What the collector may not list in a namespace, where it has no file of it either. */
    private static void forbidden(String namespace, Object rules, String file, Set<String> names, List<Asked> asked) {
        if (!(rules instanceof List<?> list) || list.isEmpty()) {
            return;
        }
        Set<Kind> there = new HashSet<>();
        for (String name : names) {
            Matcher matcher = NAMESPACED.matcher(name);
            if (matcher.matches() && matcher.group(2).equals(namespace)) {
                there.add(Plurals.kind(matcher.group(1)));
            }
        }
        for (Kind kind : Kind.KNOWN) {
            if (kind.namespaced() && !there.contains(kind) && list.stream().noneMatch(rule -> allows(rule, kind))) {
                asked.add(new Asked(
                        kind, namespace, State.FAILED, file, "the collector was not allowed to list them", ""));
            }
        }
    }

    private static boolean allows(Object rule, Kind kind) {
        return has(rule, "verbs", "list")
                && has(rule, "apiGroups", kind.group())
                && has(rule, "resources", kind.plural())
                && Json.items(Json.get(rule, "resourceNames")).isEmpty();
    }

    private static boolean has(Object rule, String field, String value) {
        List<?> values = Json.items(Json.get(rule, field));
        return values.contains(value) || values.contains("*");
    }
}
