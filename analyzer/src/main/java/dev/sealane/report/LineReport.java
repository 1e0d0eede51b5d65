package dev.sealane.report;

import dev.sealane.facts.Location;
import dev.sealane.report.Report.Entry;
import java.util.List;

/** One line per finding, {@code file:line:column: severity: message [ID]}, as editors read it. */
public final class LineReport {
    private LineReport() {}

    public static String render(List<Entry> entries) {
        StringBuilder out = new StringBuilder();
        for (Entry entry : entries) {
            out.append(position(entry.location()))
                    .append(": ")
                    .append(entry.severity().word())
                    .append(": ")
                    .append(Visible.of(entry.message()))
                    .append(" [")
                    .append(entry.rule().id())
                    .append("]\n");
        }
        return out.toString();
    }

    /** {@code file:line:column}. */
    static String position(Location location) {
        return Visible.of(location.file()) + ":" + location.line() + ":" + location.column();
    }
}
