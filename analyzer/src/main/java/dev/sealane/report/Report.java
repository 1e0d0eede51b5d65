package dev.sealane.report;

import dev.sealane.check.Baseline;
import dev.sealane.check.NotChecked;
import dev.sealane.facts.Explained.Evidence;
import dev.sealane.facts.Location;
import dev.sealane.facts.Place;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Text;
import dev.sealane.finding.Finding;
import dev.sealane.finding.Rule;
import dev.sealane.finding.Severity;
import dev.sealane.load.Locations;
import dev.sealane.load.Skipped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What one run has to say.
 *
 * @param entries by file, line, column and id
 * @param locations for the source text of excerpts
 */
public record Report(
        List<Entry> entries, Locations locations, List<NotChecked> notChecked, List<Skipped> skipped, Summary summary) {

    /** A finding with its places looked up and its message put together. */
    public record Entry(Finding finding, Location location, String message, List<Related> related) {
        public Rule rule() {
            return finding.rule();
        }

        public Severity severity() {
            return finding.severity();
        }

        /** The object that the finding is in, or null. */
        public Ref ref() {
            return Report.ref(finding.place());
        }
    }

    /** What else a finding rests on. */
    public record Related(String message, Place place, Location location) {
        /** The object that it is in, or null. */
        public Ref ref() {
            return Report.ref(place);
        }

        public String path() {
            return place.path();
        }
    }

    /**
     * How much was looked at.
     *
     * @param objects of any kind, also those that no rule is about
     * @param elapsed wall time of the run
     * @param baseline the cluster that manifests were checked against, or null
     */
    public record Summary(int objects, int files, Duration elapsed, Baseline baseline) {
        /** Checked by itself. */
        public Summary(int objects, int files, Duration elapsed) {
            this(objects, files, elapsed, null);
        }
    }

    private static final Comparator<Entry> ORDER = Comparator.comparing(
                    (Entry entry) -> entry.location().file())
            .thenComparing(entry -> entry.location().line())
            .thenComparing(entry -> entry.location().column())
            .thenComparing(entry -> entry.rule().id())
            .thenComparing(Entry::message);

    public Report {
        entries = entries.stream().sorted(ORDER).toList();
        notChecked = List.copyOf(notChecked);
        skipped = List.copyOf(skipped);
    }

    /** Looks up every place of the findings. */
    public static Report of(
            List<Finding> findings,
            Locations locations,
            List<NotChecked> notChecked,
            List<Skipped> skipped,
            Summary summary) {
        List<Place> places = new ArrayList<>();
        for (Finding finding : findings) {
            places.add(finding.place());
            collect(finding.message(), places);
            for (Evidence evidence : finding.related()) {
                places.add(evidence.place());
                collect(evidence.message(), places);
            }
        }
        locations.prepare(places);
        List<Entry> entries = new ArrayList<>();
        for (Finding finding : findings) {
            List<Related> related = new ArrayList<>();
            for (Evidence evidence : finding.related()) {
                related.add(new Related(
                        render(evidence.message(), locations), evidence.place(), locations.of(evidence.place())));
            }
            entries.add(new Entry(
                    finding,
                    locations.of(finding.place()),
                    render(finding.message(), locations),
                    List.copyOf(related)));
        }
        return new Report(entries, locations, notChecked, skipped, summary);
    }

    public int count(Severity severity) {
        return (int)
                entries.stream().filter(entry -> entry.severity() == severity).count();
    }

    static void collect(Text text, List<Place> places) {
        for (Object argument : text.arguments()) {
            if (argument instanceof Place place) {
                places.add(place);
            } else if (argument instanceof Text inner) {
                collect(inner, places);
            }
        }
    }

    static String render(Text text, Locations locations) {
        return text.render(place -> locations.of(place).toString());
    }

    static Ref ref(Place place) {
        return place.resource() == null ? null : place.resource().ref();
    }
}
