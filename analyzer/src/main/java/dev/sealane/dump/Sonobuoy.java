package dev.sealane.dump;

import dev.sealane.facts.Coverage.State;
import dev.sealane.facts.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The results of a sonobuoy run: a bare array for each kind and namespace, and none where there is nothing to list.
 * {@code meta/query-time.json} tells what was asked for.
 */
final class Sonobuoy implements DumpLayout {
    private static final String QUERIES = "meta/query-time.json";
    private static final String CONFIG = "meta/config.json";
    private static final String RUN = "meta/run.log";
    private static final String VERSION = "serverversion.json";
    private static final String OLDER_VERSION = "serverversion/serverversion.json";

    private static final List<Pattern> LISTS = Names.patterns(
            "resources/(ns/[^/]+|cluster|non-ns)/[a-z0-9.-]+_[a-z0-9]+_[a-z0-9.-]+\\.json$",
            "resources/(ns/[^/]+|cluster|non-ns)/[A-Z][A-Za-z]+\\.json$");

    private static final List<Pattern> OTHERS =
            Names.patterns("meta/", "plugins/", "podlogs/", "hosts/[^/]+/", "serverversion", "servergroups");

    /** Namespace, group, version and plural of a list. */
    private static final Pattern LIST =
            Pattern.compile("resources/(?:ns/([^/]+)|cluster|non-ns)/(?:([^/_]+)_([^/_]+)_)?([^/_]+)\\.json");

    private static final Pattern HOST = Pattern.compile("hosts/([^/]+)/.*");
    private static final Pattern LOG_TIME = Pattern.compile("time=\"([^\"]+)\"");

    @Override
    public String name() {
        return "sonobuoy";
    }

    @Override
    public Dump recognise(Collection<String> names) {
        for (String root : Names.roots(names, "resources/ns/", "resources/cluster/", "resources/non-ns/")) {
            if (Names.matching(names, root, LISTS) > 0 && Names.matching(names, root, OTHERS) > 1) {
                Set<String> evidence = new TreeSet<>(
                        List.of(root + QUERIES, root + CONFIG, root + RUN, root + VERSION, root + OLDER_VERSION));
                evidence.retainAll(names);
                Set<String> all = Set.copyOf(names);
                return new Recognised(
                        this, root, Sonobuoy::member, evidence, texts -> evidence(texts, root, all), Set.of());
            }
        }
        return null;
    }

    private static Member member(String name) {
        Matcher list = LIST.matcher(name);
        if (list.matches()) {
            String group = list.group(2);
            String plural = list.group(4);
            Kind kind = group == null ? Plurals.kind(plural) : Plurals.kind(group, plural);
            Member member = Member.all(kind, list.group(1) == null ? "" : list.group(1));
            if (kind == null) {
                return member;
            }
            if (group != null) {
                return member.version(group.equals("core") ? list.group(3) : group + "/" + list.group(3));
            }
            return kind.equals(Kind.INGRESS) ? member.version("extensions/v1beta1") : member;
        }
        Matcher host = HOST.matcher(name);
        return host.matches() ? Member.node(host.group(1)) : Member.LOG;
    }

    private static Evidence evidence(Map<String, String> texts, String root, Set<String> names) {
        String file = root + QUERIES;
        Object filters = Json.get(Json.parse(texts.getOrDefault(root + CONFIG, "")), "Filters");
        String labels = Json.string(filters, "LabelSelector");
        Set<String> there = new HashSet<>();
        for (String name : names) {
            Member member = name.startsWith(root) ? member(name.substring(root.length())) : Member.LOG;
            if (member.kind() != null) {
                there.add(member.kind() + " " + member.namespace());
            }
        }
        List<Asked> asked = new ArrayList<>();
        for (Object query : Json.items(Json.parse(texts.getOrDefault(file, "")))) {
            Kind kind = Plurals.kind(Json.string(query, "queryobj"));
            String namespace = Json.string(query, "namespace");
            if (kind == null || kind.namespaced() == namespace.isEmpty()) {
                continue;
            }
            if (Json.get(query, "error") != null) {
                asked.add(new Asked(kind, namespace, State.FAILED, file, reason(Json.get(query, "error")), ""));
            } else if (!labels.isEmpty()) {
                asked.add(new Asked(kind, namespace, State.PARTIAL, file, "only objects with " + labels, ""));
            } else if (!there.contains(kind + " " + namespace)) {
                asked.add(new Asked(kind, namespace, State.EMPTY, file, "", ""));
            }
        }
        String version = texts.getOrDefault(root + VERSION, texts.getOrDefault(root + OLDER_VERSION, ""));
        return new Evidence(
                Json.string(Json.parse(version), "gitVersion"),
                Texts.time(Texts.find(texts.get(root + RUN), LOG_TIME)),
                asked);
    }

    /** Errors are written as whatever fields their type in Go has. */
    private static String reason(Object error) {
        String message = Json.string(Json.get(error, "ErrStatus"), "message");
        if (!message.isEmpty()) {
            return message;
        }
        return error instanceof String text && !text.isEmpty() ? text : "the query failed";
    }
}
