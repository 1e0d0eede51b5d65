package dev.sealane.render;

import dev.sealane.render.TemplateLine.Fit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which line of a template each rendered line was made from: of all ways to walk through the template while the lines
 * are written, the cheapest. Going on costs nothing, leaving out lines little, going back (a loop) more; a line that
 * agrees with the template's costs nothing, one that agrees in part some, one that does not most.
 */
final class Alignment {
    private static final int PART = 120;
    private static final int ACTION = 220;
    private static final int NONE = 300;
    /** What does not agree stays with the line above. */
    private static final int ELSEWHERE = 30;

    private static final int OTHER_INDENT = 20;
    private static final int LEFT_OUT = 5;
    private static final int LEFT_OUT_AT_MOST = 200;
    private static final int BACK = 60;
    private static final int BACK_WITHOUT_LOOP = 400;

    /** Work beyond this, in pairs of lines, is not done; only lines that are unique are matched then. */
    private static final int MOST = 8 << 20;

    private final List<String> rendered;
    private final List<TemplateLine> template;
    private final int[] found;

    /** @param template at least one line */
    Alignment(List<String> rendered, List<String> template) {
        this.rendered = rendered;
        this.template = TemplateLine.all(template);
        this.found = (long) rendered.size() * template.size() > MOST ? unique() : cheapest();
    }

    /** The index of the template's line, for the index of a rendered one. */
    int line(int index) {
        return found[index];
    }

    /** How well the two agree. */
    Fit fit(int index) {
        String line = rendered.get(index).strip();
        return line.isEmpty() ? Fit.NONE : template.get(found[index]).fit(line);
    }

    TemplateLine template(int index) {
        return template.get(found[index]);
    }

    private int cost(String line, int indent, TemplateLine from) {
        return switch (from.fit(line)) {
            case SAME -> indent == from.indent() ? 0 : OTHER_INDENT;
            case PART -> PART - Math.min(60, 3 * from.literal()) + (indent == from.indent() ? 0 : OTHER_INDENT);
            case ACTION -> ACTION + ELSEWHERE;
            case NONE -> NONE + ELSEWHERE;
        };
    }

    private int[] cheapest() {
        int lines = template.size();
        int back = template.stream().anyMatch(line -> line.text().contains("range ")) ? BACK : BACK_WITHOUT_LOOP;
        int[] content = new int[lines + 1];
        for (int j = 0; j < lines; j++) {
            content[j + 1] = content[j] + (template.get(j).content() ? LEFT_OUT : 0);
        }
        int[][] from = new int[rendered.size()][];
        int[] costs = new int[lines];
        boolean begun = false;
        for (int i = 0; i < rendered.size(); i++) {
            String line = rendered.get(i).strip();
            if (line.isEmpty()) {
                continue;
            }
            int indent =
                    rendered.get(i).length() - rendered.get(i).stripLeading().length();
            int[] next = new int[lines];
            from[i] = new int[lines];
            // The cheapest of those behind, for going back.
            int[] behind = new int[lines];
            for (int j = lines - 1; j >= 0; j--) {
                behind[j] = j == lines - 1 || costs[j] < costs[behind[j + 1]] ? j : behind[j + 1];
            }
            int near = -1;
            int far = -1;
            for (int j = 0; j < lines; j++) {
                int own = cost(line, indent, template.get(j));
                if (!begun) {
                    next[j] = own;
                    from[i][j] = -1;
                    continue;
                }
                int best = behind[j];
                int cost = costs[best] + back + own;
                int stays = costs[j] + (template.get(j).fit(line) == Fit.ACTION ? ACTION : NONE);
                if (stays < cost) {
                    best = j;
                    cost = stays;
                }
                if (j > 0) {
                    int last = j - 1;
                    // Both before line j: the one that is cheapest with all that lies between, and the cheapest.
                    near = near < 0 || costs[last] - content[last + 1] < costs[near] - content[near + 1] ? last : near;
                    far = far < 0 || costs[last] <= costs[far] ? last : far;
                    int viaNear = costs[near] + content[j] - content[near + 1] + own;
                    int viaFar = costs[far] + LEFT_OUT_AT_MOST + own;
                    if (viaNear <= cost) {
                        best = near;
                        cost = viaNear;
                    }
                    if (viaFar < cost) {
                        best = far;
                        cost = viaFar;
                    }
                }
                next[j] = cost;
                from[i][j] = best;
            }
            costs = next;
            begun = true;
        }
        return walk(from, costs);
    }

    private int[] walk(int[][] from, int[] costs) {
        int at = 0;
        for (int j = 1; j < costs.length; j++) {
            at = costs[j] < costs[at] ? j : at;
        }
        int[] found = new int[rendered.size()];
        for (int i = rendered.size() - 1; i >= 0; i--) {
            found[i] = at;
            if (from[i] != null && from[i][at] >= 0) {
                at = from[i][at];
            }
        }
        return found;
    }

    private int[] unique() {
        Map<String, Integer> where = new HashMap<>();
        for (int j = 0; j < template.size(); j++) {
            where.merge(template.get(j).text(), j, (one, other) -> -1);
        }
        int[] found = new int[rendered.size()];
        Arrays.setAll(found, i -> where.getOrDefault(rendered.get(i).strip(), -1));
        for (int i = 0; i < found.length; i++) {
            found[i] = found[i] >= 0 ? found[i] : i > 0 ? found[i - 1] : 0;
        }
        return found;
    }
}
