package dev.sealane.cli;

import dev.sealane.check.RuleSet;
import dev.sealane.finding.Rule;
import dev.sealane.report.RuleTable;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sealane rules}. */
@Command(
        name = "rules",
        description = "List the rules.",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  sealane rules", "  sealane rules --format json"})
final class RulesCommand implements Runnable {
    private enum Format {
        TEXT,
        JSON,
        MARKDOWN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Streams streams;

    @Option(
            names = "--format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format;

    RulesCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public void run() {
        List<Rule> rules = RuleSet.builtIn().rules();
        streams.out()
                .print(
                        switch (format) {
                            case TEXT -> RuleTable.text(rules);
                            case JSON -> RuleTable.json(rules);
                            case MARKDOWN -> RuleTable.markdown(rules);
                        });
    }
}
