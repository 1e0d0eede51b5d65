package dev.sealane.dump;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code antctl supportbundle}: captures of nodes. Its list of pods, nodes and workloads is of no use: the objects do
 * not say what they are.
 */
final class Antctl implements DumpLayout {
    private static final List<Pattern> ARCHIVES =
            Names.patterns("clusterinfo$", "agent[^/]*\\.(tar\\.gz|tgz)", "controller[^/]*\\.(tar\\.gz|tgz)");

    private static final List<Pattern> AGENT = Names.patterns(
            "(agentinfo|ovsports|flows)$",
            "appliedtogroups$",
            "addressgroups$",
            "iptables$",
            "ipset$",
            "route$",
            "link$");

    private static final Pattern NODE = Pattern.compile("agent[_-]?([^/]*?)\\.(?:tar\\.gz|tgz).*");

    @Override
    public String name() {
        return "antctl";
    }

    @Override
    public Dump recognise(Collection<String> names) {
        for (String root : Names.roots(names, "clusterinfo", "appliedtogroups")) {
            if (Names.matching(names, root, ARCHIVES) > 1) {
                return new Recognised(this, root, Antctl::member);
            }
            if (Names.matching(names, root, AGENT) > 3) {
                return new Recognised(this, root, name -> name.startsWith("logs/") ? Member.LOG : Member.node(""));
            }
        }
        return null;
    }

    private static Member member(String name) {
        Matcher node = NODE.matcher(name);
        return node.matches() ? Member.node(node.group(1)) : Member.LOG;
    }
}
