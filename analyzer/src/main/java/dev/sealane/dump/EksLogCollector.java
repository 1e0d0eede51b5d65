package dev.sealane.dump;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** The log collector of Amazon EKS, of one node. */
final class EksLogCollector implements DumpLayout {
    private static final List<Pattern> ANCHORS = Names.patterns(
            "networking/iptables-(save|nat|filter|mangle)\\.txt$",
            "ipamd/",
            "kubelet/",
            "system/(instance-id|large_messages|availability-zone|procstat|pkglist)",
            "var_log/",
            "cni/");

    private static final Pattern NODE = Pattern.compile("(?:networking|cni|kubelet|sysctls)/.*(?<!\\.log)");

    @Override
    public String name() {
        return "eks-log-collector";
    }

    @Override
    public Dump recognise(Collection<String> names) {
        return Names.roots(names, "networking/iptables-").stream()
                .filter(root -> Names.matching(names, root, ANCHORS) > 2)
                .findFirst()
                .map(root ->
                        new Recognised(this, root, name -> NODE.matcher(name).matches() ? Member.node("") : Member.LOG))
                .orElse(null);
    }
}
