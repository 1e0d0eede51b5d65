package dev.sealane.dump;

import dev.sealane.facts.Kind;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code kubectl cluster-info dump --output-directory}: seven kinds of the namespaces asked for, and the nodes. */
final class ClusterInfoDump implements DumpLayout {
    private static final List<Pattern> ANCHORS = Names.patterns(
            "[^/]+/replication-controllers\\.(json|yaml)$",
            "[^/]+/pods\\.(json|yaml)$",
            "[^/]+/services\\.(json|yaml)$",
            "[^/]+/daemonsets\\.(json|yaml)$",
            "[^/]+/replicasets\\.(json|yaml)$",
            "[^/]+/events\\.(json|yaml)$");

    private static final Pattern NODES = Pattern.compile("nodes\\.(json|yaml)");
    private static final Pattern LIST = Pattern.compile("([^/]+)/([a-z-]+)\\.(json|yaml)");

    @Override
    public String name() {
        return "cluster-info-dump";
    }

    @Override
    public Dump recognise(Collection<String> names) {
        return Names.roots(names, "nodes.json", "nodes.yaml").stream()
                .filter(root -> Names.matching(names, root, ANCHORS) == ANCHORS.size())
                .findFirst()
                .map(root -> new Recognised(this, root, ClusterInfoDump::member))
                .orElse(null);
    }

    private static Member member(String name) {
        if (NODES.matcher(name).matches()) {
            return Member.all(Kind.NODE, "");
        }
        Matcher list = LIST.matcher(name);
        Kind kind = list.matches() ? Plurals.kind(list.group(2)) : null;
        return kind == null ? Member.LOG : Member.all(kind, list.group(1));
    }
}
