package dev.sealane.cli;

import dev.sealane.check.RuleSet;
import dev.sealane.finding.Rule;
import dev.sealane.report.RuleTable;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code sealane rules}. */
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

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    private final OptionSpec format = FormatOption.of(Format.class, "text");

    private final Streams streams;

    RulesCommand(Streams streams) {
        this.streams = streams;
        spec.addOption(format);
        spec.usageMessage()
                .description("List the rules.")
                .optionListHeading("%nOptions:%n")
                .footer("", "Examples:", "  sealane rules", "  sealane rules --format json");
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public void run() {
        List<Rule> rules = RuleSet.builtIn().rules();
        streams.out()
                .print(
                        switch (format.<Format>getValue()) {
                            case TEXT -> RuleTable.text(rules);
                            case JSON -> RuleTable.json(rules);
                            case MARKDOWN -> RuleTable.markdown(rules);
                        });
    }
}
