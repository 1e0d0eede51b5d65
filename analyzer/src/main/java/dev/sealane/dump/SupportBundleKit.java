package dev.sealane.dump;

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

/** The support bundle of Rancher, Harvester and Longhorn. */
final class SupportBundleKit implements DumpLayout {
    private static final String META = "metadata.yaml";
    private static final String ERRORS = "bundleGenerationError.log";

    private static final List<Pattern> ANCHORS = Names.patterns(
            "yamls/cluster/.+\\.yaml$",
            "yamls/namespaced/[^/]+/.+\\.yaml$",
            "metadata\\.yaml$",
            "bundleGenerationError\\.log$",
            "nodes/[^/]+\\.zip");

    /** Older bundles have a topic in place of group and version: {@code kubernetes}, {@code harvester}. */
    private static final Pattern OBJECTS =
            Pattern.compile("yamls/(?:cluster|namespaced/([^/]+))/(?:([^/]+)/)?([^/]+)/([^/]+)\\.yaml");

    private static final Pattern NODE = Pattern.compile("nodes/([^/]+?)(?:\\.zip.*|/.*)");
    private static final Pattern KUBERNETES = Pattern.compile("(?m)^kubernetesVersion: *[\"']?([^\\s\"']+)");
    private static final Pattern CREATED = Pattern.compile("(?m)^bundleCreatedAt: *(.*)$");
    private static final Pattern REFUSED = Pattern.compile(
            "(?m)^Failed to get /(?:api/v1|apis/([^/]+)/[^/]+)/(?:namespaces/([^/]+)/)?([^/:]+): (.*)$");

    @Override
    public String name() {
        return "support-bundle-kit";
    }

    @Override
    public Dump recognise(Collection<String> names) {
        for (String root : Names.roots(names, "yamls/cluster/", "yamls/namespaced/")) {
            if (Names.matching(names, root, ANCHORS) > 2) {
                Set<String> evidence = new TreeSet<>(List.of(root + META, root + ERRORS));
                evidence.retainAll(names);
                return new Recognised(
                        this, root, SupportBundleKit::member, evidence, texts -> evidence(texts, root), Set.of());
            }
        }
        return null;
    }

    private static Member member(String name) {
        Matcher objects = OBJECTS.matcher(name);
        if (objects.matches()) {
            String group = objects.group(2) == null ? "" : objects.group(2);
            Kind kind = group.isEmpty() ? Plurals.kind(objects.group(4)) : Plurals.kind(group, objects.group(4));
            return Member.all(kind, objects.group(1) == null ? "" : objects.group(1));
        }
        Matcher node = NODE.matcher(name);
        return node.matches() ? Member.node(node.group(1)) : Member.LOG;
    }

    private static Evidence evidence(Map<String, String> texts, String root) {
        String meta = texts.get(root + META);
        List<Asked> asked = new ArrayList<>();
        Matcher refused = REFUSED.matcher(texts.getOrDefault(root + ERRORS, ""));
        while (refused.find()) {
            Kind kind = Plurals.kind(refused.group(1) == null ? "" : refused.group(1), refused.group(3));
            if (kind != null) {
                String namespace = refused.group(2) == null ? "" : refused.group(2);
                asked.add(new Asked(kind, namespace, State.FAILED, root + ERRORS, refused.group(4), ""));
            }
        }
        return new Evidence(Texts.find(meta, KUBERNETES), Texts.time(Texts.find(meta, CREATED)), asked);
    }
}
