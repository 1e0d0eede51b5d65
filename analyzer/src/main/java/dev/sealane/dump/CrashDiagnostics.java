package dev.sealane.dump;

import dev.sealane.facts.Kind;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * crash-diagnostics ({@code crashd}): what its script asked for, perhaps by label or name, so that no file proves that
 * there is nothing else.
 */
final class CrashDiagnostics implements DumpLayout {
    private static final String TIME = "-\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\dZ\\.\\d{4}\\.(?:json|yaml)";

    private static final List<Pattern> ANCHORS = Names.patterns("kubecapture/[^/]+_v[^/]+/.*" + TIME + "$");

    /** A list: its namespace and plural. */
    private static final Pattern LIST = Pattern.compile("kubecapture/([^/_]+)_([^/]+)/(?:([^/]+)/)?([^/]+)" + TIME);

    /** One object: its namespace and plural. */
    private static final Pattern OBJECT =
            Pattern.compile("kubecapture/([^/_]+)_([^/]+)/(?:([^/]+)/)?([^/]+)/[^/]+" + TIME);

    private static final Pattern HOST = Pattern.compile("([^/]+)/[^/]+\\.txt");

    @Override
    public String name() {
        return "crash-diagnostics";
    }

    @Override
    public Dump recognise(Collection<String> names) {
        return Names.roots(names, "kubecapture/").stream()
                .filter(root -> Names.matching(names, root, ANCHORS) == ANCHORS.size())
                .findFirst()
                .map(root -> new Recognised(this, root, CrashDiagnostics::member))
                .orElse(null);
    }

    private static Member member(String name) {
        Matcher list = LIST.matcher(name);
        if (list.matches() && Plurals.kind(list.group(1), list.group(4)) != null) {
            return member(list);
        }
        Matcher object = OBJECT.matcher(name);
        if (object.matches()) {
            return member(object);
        }
        if (list.matches()) {
            return Member.objects();
        }
        Matcher host = HOST.matcher(name);
        boolean captured = host.matches() && !name.startsWith("kubecapture/");
        return captured ? Member.node(host.group(1)) : Member.LOG;
    }

    private static Member member(Matcher file) {
        Kind kind = Plurals.kind(file.group(1), file.group(4));
        String version = file.group(1).equals("core") ? file.group(2) : file.group(1) + "/" + file.group(2);
        Member member = Member.some(kind, file.group(3) == null ? "" : file.group(3));
        return kind == null ? member : member.version(version);
    }
}
