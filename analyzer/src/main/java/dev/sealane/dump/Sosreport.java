package dev.sealane.dump;

import dev.sealane.facts.Kind;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * sosreport, of one node. The names of its files are the commands that wrote them; only those of
 * {@code -k kubernetes.all=on} have API objects.
 */
final class Sosreport implements DumpLayout {
    private static final List<Pattern> ANCHORS =
            Names.patterns("sos_commands/", "sos_reports/", "sos_logs/", "sos_strings/", "version\\.txt$", "proc/");

    private static final Pattern LIST = Pattern.compile(
            "sos_commands/kubernetes/.*kubectl_.*get_-o_json(?:_--namespace[_=]([a-z0-9-]+))?_([a-z]+)");

    private static final Pattern NODE = Pattern.compile(
            "(?:sos_commands/(?:networking|firewall_tables|ipvs|conntrack|kernel)|proc/sys/net|etc/cni|etc/kubernetes"
                    + "|var/lib/kubelet)/.*|ip_(?:addr|route|rule)");

    private static final Pattern HOST = Pattern.compile("sosreport-(.+?)(?:-[^-/]*)?-\\d{4}-\\d\\d-\\d\\d-[^/]*/$");

    @Override
    public String name() {
        return "sosreport";
    }

    @Override
    public Dump recognise(Collection<String> names) {
        for (String root : Names.roots(names, "sos_commands/")) {
            if (Names.matching(names, root, ANCHORS) > 1) {
                String host = Texts.find(root, HOST);
                return new Recognised(this, root, name -> member(name, host));
            }
        }
        return null;
    }

    private static Member member(String name, String host) {
        Matcher list = LIST.matcher(name);
        Kind kind = list.matches() ? Plurals.kind(list.group(2)) : null;
        if (kind != null) {
            boolean one = list.group(1) != null;
            // Without a namespace, kubectl asks for one that the name does not tell.
            return one == kind.namespaced() ? Member.all(kind, one ? list.group(1) : "") : Member.some(kind, "");
        }
        return NODE.matcher(name).matches() ? Member.node(host) : Member.LOG;
    }
}
