package dev.sealane.dump;

import dev.sealane.facts.Coverage;
import dev.sealane.facts.Coverage.State;
import dev.sealane.facts.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * {@code istioctl bug-report}: what kubectl printed, in files without extension. It writes
 * {@code cluster/k8s-resources} only if kubectl reported no error, so that the file has all of what it asks for.
 */
final class IstioBugReport implements DumpLayout {
    private static final String RESOURCES = "cluster/k8s-resources";
    private static final String VERSION = "cluster/kubectl-version";

    private static final List<Pattern> ANCHORS = Names.patterns(
            RESOURCES + "$",
            VERSION + "$",
            "cluster/(crs|cluster-context|describe-pods)$",
            "proxies/[^/]+/[^/]+/",
            "istio/[^/]+/[^/]+/",
            "analyze/");

    private static final Pattern OBJECTS = Pattern.compile("cluster/(k8s-resources|k8s-cluster-resources|crs)");
    private static final Pattern SERVER =
            Pattern.compile("Server Version:(?: version\\.Info\\{.*?GitVersion:)? *\"?(v[^\\s\",]+)");

    /** In one call of all versions: the category {@code all}, and these. */
    private static final List<Kind> ASKED = List.of(
            Kind.POD,
            Kind.SERVICE,
            Kind.REPLICATION_CONTROLLER,
            Kind.DEPLOYMENT,
            Kind.REPLICA_SET,
            Kind.STATEFUL_SET,
            Kind.DAEMON_SET,
            Kind.JOB,
            Kind.CRON_JOB,
            Kind.INGRESS,
            Kind.ENDPOINTS,
            Kind.CONFIG_MAP,
            Kind.EVENT);

    @Override
    public String name() {
        return "istioctl";
    }

    @Override
    public Dump recognise(Collection<String> names) {
        for (String root : Names.roots(names, RESOURCES)) {
            if (names.contains(root + RESOURCES) && Names.matching(names, root, ANCHORS) > 1) {
                Set<String> evidence = new TreeSet<>(Set.of(root + VERSION));
                evidence.retainAll(names);
                return new Recognised(
                        this,
                        root,
                        name -> OBJECTS.matcher(name).matches() ? Member.objects() : Member.LOG,
                        evidence,
                        texts -> evidence(texts, root),
                        Set.of());
            }
        }
        return null;
    }

    private static Evidence evidence(Map<String, String> texts, String root) {
        List<Asked> asked = ASKED.stream()
                .map(kind -> new Asked(kind, Coverage.EVERYWHERE, State.NONEMPTY, root + RESOURCES, "", ""))
                .toList();
        return new Evidence(Texts.find(texts.get(root + VERSION), SERVER), null, asked);
    }
}
