package dev.sealane.dump;

import dev.sealane.facts.Kind;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code calicoctl cluster diags}, and {@code calicoctl node diags}. */
final class Calicoctl implements DumpLayout {
    private static final List<Pattern> ANCHORS = Names.patterns(
            "(cluster/)?(crd/|kubernetes/)?[a-z]+\\.crd\\.projectcalico\\.org\\.yaml$",
            "(cluster/)?(calico-system/)?calico-system\\.yaml$",
            "(cluster/)?(tigera-operator/)?tigera-operator\\.yaml$",
            "(cluster/)?version\\.yaml$",
            "cluster/kubernetes/[a-z]+\\.yaml$",
            "nodes/[^/]+/.*(iptables|ip-route|ipset|nft-ruleset)[^/]*\\.txt$");

    private static final List<Pattern> ONE_NODE = Names.patterns(
            "diagnostics/ipv4_route$",
            "diagnostics/ipv4_addr$",
            "diagnostics/ipv4_tables$",
            "diagnostics/ipsets$",
            "diagnostics/nft_ruleset$",
            "diagnostics/(ss|netstat)$");

    /** Older bundles have these files at the root. */
    private static final Pattern LIST =
            Pattern.compile("(?:cluster/)?(?:kubernetes/|crd/|third-party/)?([a-z]+(?:\\.[a-z0-9.-]+)?)\\.yaml");

    private static final Pattern MIXED = Pattern.compile(
            "(?:cluster/)?(?:calico-system/|tigera-operator/)?(?:calico-system|tigera-operator)\\.yaml");

    private static final Pattern NODE = Pattern.compile("nodes/([^/]+)/.*(?<!\\.log)");
    private static final Pattern VERSION_FILE = Pattern.compile("(?:cluster/)?version\\.yaml");
    private static final Pattern VERSION = Pattern.compile("(?s)serverVersion:.*?gitVersion: [\"']?(v[^\\s\"']+)");
    private static final Pattern ROOT =
            Pattern.compile("calico-diagnostics-(\\d{4})(\\d\\d)(\\d\\d)_(\\d\\d)(\\d\\d)(\\d\\d)/");

    @Override
    public String name() {
        return "calicoctl";
    }

    @Override
    public Dump recognise(Collection<String> names) {
        for (String root : Names.roots(names, "cluster/version.yaml", "version.yaml", "nodes/")) {
            if (Names.matching(names, root, ANCHORS) > 2) {
                Set<String> evidence = new TreeSet<>();
                names.stream()
                        .filter(name -> name.startsWith(root)
                                && VERSION_FILE
                                        .matcher(name.substring(root.length()))
                                        .matches())
                        .forEach(evidence::add);
                return new Recognised(
                        this, root, Calicoctl::member, evidence, texts -> evidence(texts, root), Set.of());
            }
        }
        for (String root : Names.roots(names, "diagnostics/")) {
            if (Names.matching(names, root, ONE_NODE) > 2) {
                return new Recognised(this, root, name -> Member.node(""));
            }
        }
        return null;
    }

    private static Member member(String name) {
        if (VERSION_FILE.matcher(name).matches()) {
            return Member.LOG;
        }
        if (MIXED.matcher(name).matches()) {
            return Member.objects();
        }
        Matcher list = LIST.matcher(name);
        if (list.matches()) {
            Kind kind = Plurals.qualified(list.group(1));
            return Member.everywhere(kind == null ? Plurals.kind(list.group(1)) : kind);
        }
        Matcher node = NODE.matcher(name);
        return node.matches() ? Member.node(node.group(1)) : Member.LOG;
    }

    private static Evidence evidence(Map<String, String> texts, String root) {
        String version = texts.values().stream()
                .map(text -> Texts.find(text, VERSION))
                .findFirst()
                .orElse("");
        Matcher time = ROOT.matcher(root);
        // The name has the time in UTC.
        Instant collected = time.find() ? Texts.time(time.replaceFirst("$1-$2-$3T$4:$5:$6Z ")) : null;
        return new Evidence(version, collected, List.of());
    }
}
