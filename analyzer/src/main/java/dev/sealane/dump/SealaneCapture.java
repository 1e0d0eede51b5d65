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

/** What the script of {@code sealane capture} collected: a list for each kind, and a ledger of all questions. */
final class SealaneCapture implements DumpLayout {
    private static final String LEDGER = "ledger.tsv";
    private static final String RUN = "capture.tsv";
    private static final String VERSION = "version.txt";

    private static final List<Pattern> ANCHORS = Names.patterns(
            "ledger\\.tsv$", "(capture\\.tsv|api-resources\\.txt)$", "(cluster|namespaces/[^/]+)/[^/]+$");

    private static final Pattern LIST = Pattern.compile("(?:cluster|namespaces/([^/]+))/([^/]+)\\.yaml");
    private static final Pattern NODE = Pattern.compile("nodes/([^/]+)/.*");
    private static final Pattern SERVER = Pattern.compile("serverVersion:\\s(?:\\s+\\S.*\\R)*?\\s+gitVersion: (\\S+)");

    @Override
    public String name() {
        return "sealane-capture";
    }

    @Override
    public Dump recognise(Collection<String> names) {
        for (String root : Names.roots(names, LEDGER)) {
            if (Names.matching(names, root, ANCHORS) == ANCHORS.size()) {
                Set<String> evidence = new TreeSet<>(List.of(root + LEDGER, root + RUN, root + VERSION));
                evidence.retainAll(names);
                return new Recognised(
                        this, root, SealaneCapture::member, evidence, texts -> evidence(texts, root), Set.of());
            }
        }
        return null;
    }

    /** Of kinds that are not built in, the objects say what they are. */
    private static Member member(String name) {
        Matcher list = LIST.matcher(name);
        if (list.matches()) {
            Kind kind = Plurals.qualified(list.group(2));
            return list.group(1) == null ? Member.everywhere(kind) : Member.all(kind, list.group(1));
        }
        Matcher node = NODE.matcher(name);
        return node.matches() ? Member.node(node.group(1)) : Member.LOG;
    }

    private static Evidence evidence(Map<String, String> texts, String root) {
        String file = root + LEDGER;
        List<Asked> asked = new ArrayList<>();
        String first = "";
        for (String line : texts.getOrDefault(file, "").lines().skip(1).toList()) {
            String[] row = line.split("\t", -1);
            if (row.length != 7 || row[3].equals("-")) {
                continue;
            }
            first = first.isEmpty() ? row[0] : first;
            Kind kind = new Kind(row[3], row[2]);
            String namespace = row[4].equals("-") ? "" : row[4].equals("*") ? Coverage.EVERYWHERE : row[4];
            if (row[1].equals("absent")) {
                asked.add(new Asked(kind, namespace, State.EMPTY, file, "", ""));
            } else if (!row[1].equals("0")) {
                asked.add(new Asked(kind, namespace, State.FAILED, file, row[6], ""));
            }
        }
        String run = texts.getOrDefault(root + RUN, first);
        return new Evidence(Texts.find(texts.get(root + VERSION), SERVER), Texts.time(run), asked);
    }
}
