package dev.sealane.load;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The Helm charts among files. Nothing that belongs to a chart alone can be read: its templates are no YAML, its values
 * and its own description are no objects, and a part of it says little about the rest.
 */
final class Charts {
    static final String DESCRIPTION = "Chart.yaml";

    /** Folders of each chart, outermost ones only, each empty or ending in a slash. */
    private final SortedSet<String> folders = new TreeSet<>();

    private Charts() {}

    /** @param names of all files, with {@code /} between folders */
    static Charts in(Collection<String> names) {
        SortedSet<String> all = new TreeSet<>();
        for (String name : names) {
            String folder = name.substring(0, name.lastIndexOf('/') + 1);
            if (name.equals(folder + DESCRIPTION)) {
                all.add(folder);
            }
        }
        Charts charts = new Charts();
        for (String folder : all) {
            // A chart inside another one is a part of it, and comes later in this order.
            if (charts.chartOf(folder + DESCRIPTION) == null) {
                charts.folders.add(folder);
            }
        }
        return charts;
    }

    /** The folder of the chart that a file belongs to and says nothing without; null if it can be read by itself. */
    String chartOf(String name) {
        for (String folder : folders) {
            if (name.startsWith(folder) && partOfChart(name.substring(folder.length()))) {
                return folder;
            }
        }
        return null;
    }

    /** @param name from the chart's folder on */
    private static boolean partOfChart(String name) {
        return name.startsWith("templates/")
                || name.startsWith("charts/")
                || name.startsWith("ci/")
                || name.equals(DESCRIPTION)
                || name.equals("requirements.yaml")
                || name.matches("values[^/]*\\.(ya?ml|json)");
    }
}
