package dev.sealane.dump;

import dev.sealane.facts.Coverage;
import dev.sealane.facts.Coverage.State;
import dev.sealane.facts.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code cilium sysdump}: all files in one folder, with the time of the run in each name. */
final class CiliumSysdump implements DumpLayout {
    private static final String TIME = "-\\d{8}-\\d{6}";

    private static final List<Pattern> ANCHORS = Names.patterns(
            "k8s-nodes" + TIME + "\\.yaml$",
            "k8s-pods" + TIME + "\\.yaml$",
            "k8s-services" + TIME + "\\.yaml$",
            "k8s-namespaces" + TIME + "\\.yaml$",
            "k8s-version" + TIME + "\\.txt$",
            "cilium(endpoints|identities|nodes|networkpolicies)" + TIME + "\\.yaml$",
            "cilium-(configmap|daemonset)" + TIME + "\\.yaml$");

    /** Lists of all namespaces. The ones that are called Cilium's Ingresses are those of Kubernetes. */
    private static final Pattern KUBERNETES =
            Pattern.compile("(?:k8s-|cilium(?=ingresses))?([a-z]+)" + TIME + "\\.yaml");

    /** Single objects of the namespace that Cilium runs in. */
    private static final Pattern SINGLE =
            Pattern.compile("[a-z0-9-]+-(configmap|daemonset|deployment|statefulset)" + TIME + "\\.yaml");

    private static final Pattern LISTS =
            Pattern.compile("(?:gatewayapi-[a-z]+|cilium[a-z]+|aws-[a-z]+|[a-z]+)" + TIME + "\\.yaml");
    private static final Pattern NODE = Pattern.compile("(?:cilium-bugtool-|cniconf-).*");
    private static final Pattern VERSION_FILE = Pattern.compile("k8s-version" + TIME + "\\.txt");
    private static final Pattern LOG_FILE = Pattern.compile("cilium-sysdump" + TIME + "\\.log");
    private static final Pattern VERSION = Pattern.compile("(v\\d+\\.\\d+\\.\\d+[^\\s\",]*)");

    private static final String FAILURES = "The following tasks failed";
    private static final Pattern FAILED =
            Pattern.compile("\\[\\d+] Collecting (?:Kubernetes |Cilium (?=[Ii]ngresses))?([A-Za-z ]+): (.*)");

    @Override
    public String name() {
        return "cilium-sysdump";
    }

    @Override
    public Dump recognise(Collection<String> names) {
        for (String root : Names.roots(names, "k8s-", "cilium-")) {
            if (Names.matching(names, root, ANCHORS) > 1) {
                Set<String> evidence = new TreeSet<>();
                for (String name : names) {
                    String rest = name.startsWith(root) ? name.substring(root.length()) : "";
                    if (VERSION_FILE.matcher(rest).matches()
                            || LOG_FILE.matcher(rest).matches()) {
                        evidence.add(name);
                    }
                }
                return new Recognised(
                        this, root, CiliumSysdump::member, evidence, texts -> evidence(texts, root), Set.of());
            }
        }
        return null;
    }

    private static Member member(String name) {
        Matcher kubernetes = KUBERNETES.matcher(name);
        Kind kind = kubernetes.matches() ? Plurals.kind(kubernetes.group(1)) : null;
        if (kind != null) {
            return Member.everywhere(kind);
        }
        Matcher single = SINGLE.matcher(name);
        if (single.matches()) {
            return Member.some(Plurals.kind(single.group(1)), "");
        }
        if (LISTS.matcher(name).matches()) {
            return Member.objects();
        }
        return NODE.matcher(name).matches() ? Member.node("") : Member.LOG;
    }

    private static Evidence evidence(Map<String, String> texts, String root) {
        String version = "";
        List<Asked> asked = new ArrayList<>();
        for (Map.Entry<String, String> text : texts.entrySet()) {
            if (VERSION_FILE.matcher(text.getKey().substring(root.length())).matches()) {
                version = Texts.find(text.getValue(), VERSION);
                continue;
            }
            boolean failures = false;
            for (String line : text.getValue().lines().toList()) {
                failures |= line.contains(FAILURES);
                Matcher failed = FAILED.matcher(line);
                Kind kind = failures && failed.find() ? Plurals.kind(failed.group(1)) : null;
                if (kind != null) {
                    String namespace = kind.namespaced() ? Coverage.EVERYWHERE : "";
                    asked.add(new Asked(kind, namespace, State.FAILED, text.getKey(), failed.group(2), ""));
                }
            }
        }
        return new Evidence(version, null, asked);
    }
}
