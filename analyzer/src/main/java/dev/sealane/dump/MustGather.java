package dev.sealane.dump;

import dev.sealane.facts.Kind;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OpenShift's must-gather and {@code oc adm inspect}. Each image that gathered has a folder of its own, with parts of
 * the same cluster.
 */
final class MustGather implements DumpLayout {
    private static final String CLUSTER = "cluster-scoped-resources/";
    private static final String NAMESPACES = "namespaces/";

    /** Nothing but {@code oc adm inspect} has this. */
    private static final List<Pattern> TELLING = Names.patterns(
            CLUSTER + "(core|[^/]+\\.[^/]+)/[^/]+(/[^/]+)?\\.yaml$", "namespaces/([^/]+)/pods/([^/]+)/\\2\\.yaml$");

    private static final List<Pattern> OTHERS = Names.patterns(
            "namespaces/([^/]+)/\\1\\.yaml$",
            "namespaces/[^/]+/core/[a-z]+\\.yaml$",
            "namespaces/[^/]+/apps/[a-z]+\\.yaml$",
            "version$",
            "(timestamp|event-filter\\.html|must-gather\\.logs?)$");

    private static final Pattern POD = Pattern.compile("namespaces/([^/]+)/pods/([^/]+)/\\2\\.yaml");
    private static final Pattern NAMESPACE = Pattern.compile("namespaces/([^/]+)/\\1\\.yaml");

    /** Scope, group, and the rest. */
    private static final Pattern OBJECTS =
            Pattern.compile("(?:cluster-scoped-resources|namespaces/([^/]+))/([^/]+)/([^/]+?)(/[^/]+)?\\.yaml");

    /** Captured on nodes up to 4.9. */
    private static final Pattern TABLES = Pattern.compile("network_logs/(.+)_(?:iptables|nft|ip6tables)[^/]*");

    private static final Pattern API_SERVER =
            Pattern.compile(CLUSTER + "config\\.openshift\\.io/clusteroperators(/kube-apiserver)?\\.yaml");
    private static final Pattern SERVER_VERSION =
            Pattern.compile("name: kube-apiserver\\s+version: [\"']?(\\d+\\.\\d+[^\\s\"']*)");

    @Override
    public String name() {
        return "must-gather";
    }

    @Override
    public Dump recognise(Collection<String> names) {
        List<String> images = Names.roots(names, CLUSTER, NAMESPACES).stream()
                .filter(root -> telling(names, root))
                .toList();
        if (images.isEmpty()) {
            return null;
        }
        String root = images.size() == 1 ? images.getFirst() : common(images);
        Set<String> stamps = new TreeSet<>();
        Set<String> versions = new TreeSet<>();
        for (String name : names) {
            if (name.equals("timestamp") || name.endsWith("/timestamp")) {
                stamps.add(name);
            }
            for (String image : images) {
                if (name.startsWith(image)
                        && API_SERVER.matcher(name.substring(image.length())).matches()) {
                    versions.add(name);
                }
            }
        }
        Set<String> evidence = new TreeSet<>(stamps);
        evidence.addAll(versions);
        return new Recognised(
                this,
                root,
                name -> member(root + name, images),
                evidence,
                texts -> evidence(texts, stamps, versions),
                Set.of());
    }

    private static boolean telling(Collection<String> names, String root) {
        int telling = Names.matching(names, root, TELLING);
        return telling > 0 && telling + Names.matching(names, root, OTHERS) > 1
                || Names.matching(names, root, OTHERS) > 3;
    }

    private static String common(List<String> images) {
        String common = images.getFirst();
        for (String image : images) {
            while (!image.startsWith(common)) {
                common = common.substring(0, common.lastIndexOf('/', common.length() - 2) + 1);
            }
        }
        return common;
    }

    private static Member member(String name, List<String> images) {
        for (String image : images) {
            if (name.startsWith(image)) {
                return member(name.substring(image.length()));
            }
        }
        return PlainFiles.of(name);
    }

    private static Member member(String name) {
        Matcher pod = POD.matcher(name);
        if (pod.matches()) {
            return Member.some(Kind.POD, pod.group(1));
        }
        if (NAMESPACE.matcher(name).matches()) {
            return Member.some(Kind.NAMESPACE, "");
        }
        Matcher objects = OBJECTS.matcher(name);
        if (objects.matches()) {
            Kind kind = Plurals.kind(objects.group(2), objects.group(3));
            String namespace = objects.group(1) == null ? "" : objects.group(1);
            return objects.group(4) == null ? Member.all(kind, namespace) : Member.some(kind, namespace);
        }
        if (name.startsWith("pod_network_connectivity_check/") && name.endsWith(".yaml")) {
            return Member.objects();
        }
        Matcher tables = TABLES.matcher(name);
        return tables.matches() ? Member.node(tables.group(1)) : Member.LOG;
    }

    private static Evidence evidence(Map<String, String> texts, Set<String> stamps, Set<String> versions) {
        Instant collected = stamps.stream()
                .map(stamp -> Texts.time(texts.get(stamp)))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        String version = versions.stream()
                .map(file -> Texts.find(texts.get(file), SERVER_VERSION))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse("");
        return new Evidence(version.isEmpty() ? "" : "v" + version, collected, List.of());
    }
}
