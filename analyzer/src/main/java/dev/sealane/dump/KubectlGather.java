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

/**
 * kubectl-gather: one file an object, a folder for each context of the kubeconfig, and {@code gather.log}, which tells
 * of each kind how many there were.
 */
final class KubectlGather implements DumpLayout {
    private static final String LOG = "gather.log";

    /** The folder of the context, the scope, and what is below it. The name of a context may have slashes. */
    private static final Pattern FILE = Pattern.compile("((?:.*?/)?)(?:cluster|namespaces/([^/]+))/(.+)");

    /** Between context and scope, if the gathering was done inside of the cluster. */
    private static final Pattern IMAGE = Pattern.compile("(?:^|/)[^/]*-sha256-[0-9a-f]+$");

    /** When somebody picked the folder of one context. */
    private static final List<Pattern> ONE_CONTEXT = Names.patterns(
            "namespaces/[^/]+/pods/[^/]+/[^/]+/(current|previous)\\.log$", "namespaces/[^/]+/pods/[^/]+\\.yaml$");

    private static final Pattern NAMESPACES = Pattern.compile("^Gathering from namespaces \\[(.*)]");
    private static final Pattern GATHERED = Pattern.compile("^Gathered (\\d+) \"([^\"]+)\"");
    private static final Pattern REFUSED = Pattern.compile("^Cannot list \"([^\"]+)\": (.*)");

    @Override
    public String name() {
        return "kubectl-gather";
    }

    @Override
    public Dump recognise(Collection<String> names) {
        for (String root : Names.roots(names, LOG)) {
            if (Names.matching(names, root, List.of(FILE)) > 0) {
                return dump(root, names);
            }
        }
        for (String root : Names.roots(names, "namespaces/")) {
            if (Names.matching(names, root, ONE_CONTEXT) == ONE_CONTEXT.size()) {
                return dump(root, names);
            }
        }
        return null;
    }

    private Dump dump(String root, Collection<String> names) {
        Set<String> contexts = new TreeSet<>();
        Set<String> logs = new TreeSet<>();
        for (String name : names) {
            String rest = name.startsWith(root) ? name.substring(root.length()) : "";
            Matcher file = FILE.matcher(rest);
            if (file.matches()) {
                contexts.add(context(file.group(1)));
            } else if (rest.equals(LOG) || rest.endsWith("/" + LOG)) {
                logs.add(name);
            }
        }
        Set<String> clusters = contexts.size() > 1 ? contexts : Set.of();
        return new Recognised(
                this, root, name -> member(name, clusters), logs, texts -> evidence(texts, root, clusters), clusters);
    }

    private static String context(String folder) {
        String context = folder.isEmpty() ? "" : folder.substring(0, folder.length() - 1);
        return IMAGE.matcher(context).replaceFirst("");
    }

    private static Member member(String name, Set<String> clusters) {
        Matcher file = FILE.matcher(name);
        String[] path = file.matches() ? file.group(3).split("/") : new String[0];
        if (path.length < 2 || path.length > 3 || !name.endsWith(".yaml")) {
            return Member.LOG;
        }
        Kind kind = path.length == 2 ? Plurals.kind("", path[0]) : Plurals.kind(path[0], path[1]);
        Member member = Member.some(kind, file.group(2) == null ? "" : file.group(2));
        String context = context(file.group(1));
        return clusters.contains(context) ? member.of(context) : member;
    }

    private static Evidence evidence(Map<String, String> texts, String root, Set<String> clusters) {
        Evidence all = Evidence.NONE;
        for (Map.Entry<String, String> log : texts.entrySet()) {
            String folder = log.getKey().substring(root.length(), log.getKey().length() - LOG.length());
            String context = context(folder);
            Evidence one = evidence(log.getKey(), log.getValue(), clusters.contains(context) ? context : "", clusters);
            List<Asked> asked = new ArrayList<>(all.asked());
            asked.addAll(one.asked());
            boolean first = all.collected() == null
                    || one.collected() != null && one.collected().isBefore(all.collected());
            all = new Evidence("", first ? one.collected() : all.collected(), asked);
        }
        return all;
    }

    /** @param cluster that the whole log is about, or empty: each line then names its own */
    private static Evidence evidence(String file, String log, String cluster, Set<String> clusters) {
        List<String> namespaces = List.of(Coverage.EVERYWHERE);
        List<Asked> asked = new ArrayList<>();
        for (String line : log.lines().toList()) {
            String[] fields = line.split("\t", 4);
            if (fields.length < 4) {
                continue;
            }
            String message = fields[3];
            String own = cluster.isEmpty() && clusters.contains(fields[2]) ? fields[2] : cluster;
            if (own.isEmpty() && !clusters.isEmpty() && !fields[2].equals("gather")) {
                continue;
            }
            Matcher some = NAMESPACES.matcher(message);
            Matcher gathered = GATHERED.matcher(message);
            Matcher refused = REFUSED.matcher(message);
            if (some.find()) {
                namespaces = List.of(some.group(1).replace("\"", "").split("[ ,]+"));
            } else if (gathered.find()) {
                State state = gathered.group(1).equals("0") ? State.EMPTY : State.NONEMPTY;
                // Of several namespaces, a line tells about one without naming it.
                ask(
                        asked,
                        gathered.group(2),
                        namespaces,
                        namespaces.size() > 1 ? State.NONEMPTY : state,
                        file,
                        "",
                        own);
            } else if (refused.find()) {
                ask(asked, refused.group(1), namespaces, State.FAILED, file, refused.group(2), own);
            }
        }
        asked.removeIf(answer -> answer.state() != State.FAILED
                && asked.stream()
                        .anyMatch(failed -> failed.state() == State.FAILED
                                && failed.kind().equals(answer.kind())
                                && failed.cluster().equals(answer.cluster())));
        return new Evidence("", Texts.time(log), asked);
    }

    private static void ask(
            List<Asked> asked,
            String name,
            List<String> namespaces,
            State state,
            String file,
            String reason,
            String cluster) {
        int slash = name.lastIndexOf('/');
        Kind kind = Plurals.kind(slash < 0 ? "" : name.substring(0, slash), name.substring(slash + 1));
        if (kind == null) {
            return;
        }
        for (String namespace : kind.namespaced() ? namespaces : List.of("")) {
            Asked one = new Asked(kind, namespace, state, file, reason, cluster);
            if (!asked.contains(one)) {
                asked.add(one);
            }
        }
    }
}
