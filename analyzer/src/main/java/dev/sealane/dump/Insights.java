package dev.sealane.dump;

import dev.sealane.facts.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The archive of the OpenShift Insights operator: single objects, about half of them without kind. Most are collected
 * on some condition, so that absence means nothing.
 */
final class Insights implements DumpLayout {
    private static final List<Pattern> ANCHORS = Names.patterns(
            "insights-operator/",
            "config/clusteroperator/",
            "config/node/[^/]+\\.json$",
            "config/(version|id|infrastructure|featuregate)(\\.json)?$",
            "config/pod/openshift-[^/]+/");

    private static final Pattern NODE = Pattern.compile("config/node/[^/]+\\.json");
    private static final Pattern POD =
            Pattern.compile("(?:config/pod/([^/]+)/[^/]+|conditional/namespaces/([^/]+)/pods/([^/]+)/\\3)\\.json");
    private static final Pattern CLUSTER = Pattern.compile("cluster-scoped-resources/([^/]+)/([^/]+)/[^/]+\\.json");
    private static final Pattern CONFIG = Pattern.compile("config/([a-z]+)\\.json");

    /** Of {@code config.openshift.io/v1}, by the names of their files. */
    private static final Map<String, String> CONFIGS = Map.of(
            "network", "Network",
            "ingress", "Ingress",
            "infrastructure", "Infrastructure",
            "proxy", "Proxy",
            "version", "ClusterVersion");

    @Override
    public String name() {
        return "insights";
    }

    @Override
    public Dump recognise(Collection<String> names) {
        return Names.roots(names, "config/", "insights-operator/").stream()
                .filter(root -> Names.matching(names, root, ANCHORS) > 1)
                .findFirst()
                .map(root -> new Recognised(this, root, Insights::member))
                .orElse(null);
    }

    private static Member member(String name) {
        if (NODE.matcher(name).matches()) {
            return Member.some(Kind.NODE, "");
        }
        Matcher pod = POD.matcher(name);
        if (pod.matches()) {
            return Member.some(Kind.POD, pod.group(1) == null ? pod.group(2) : pod.group(1));
        }
        Matcher cluster = CLUSTER.matcher(name);
        if (cluster.matches()) {
            return Member.some(Plurals.kind(cluster.group(1), cluster.group(2)), "");
        }
        Matcher config = CONFIG.matcher(name);
        String kind = config.matches() ? CONFIGS.get(config.group(1)) : null;
        return kind == null
                ? Member.LOG
                : Member.some(new Kind("config.openshift.io", kind), "").version("config.openshift.io/v1");
    }
}
