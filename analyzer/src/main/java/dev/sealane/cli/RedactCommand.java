package dev.sealane.cli;

import dev.sealane.load.UsageError;
import dev.sealane.redact.Key;
import dev.sealane.redact.Redactor;
import dev.sealane.redact.Redactor.Result;
import dev.sealane.report.Visible;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code sealane redact}. */
final class RedactCommand implements Callable<Integer> {
    private static final int SHOWN = 20;

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    private final PositionalParamSpec in = PositionalParamSpec.builder()
            .paramLabel("IN")
            .index("0")
            .arity("1")
            .required(true)
            .type(Path.class)
            .description("A file, folder or archive.")
            .build();

    private final PositionalParamSpec out = PositionalParamSpec.builder()
            .paramLabel("OUT")
            .index("1")
            .arity("1")
            .required(true)
            .type(Path.class)
            .description(
                    "What to write: a file for a file, else a folder, or of an archive also a .zip; nothing that is"
                            + " there is overwritten.")
            .build();

    private final OptionSpec key = OptionSpec.builder("--key")
            .paramLabel("WORDS")
            .type(String.class)
            .description("For the same stand-ins in each run; keep it to yourself (default: a random one).")
            .build();

    private final OptionSpec limits = Source.limits();

    private final Streams streams;

    RedactCommand(Streams streams) {
        this.streams = streams;
        spec.addPositional(in).addPositional(out).addOption(key).addOption(limits);
        spec.usageMessage()
                .description("Rewrite a dump with stand-ins for names, addresses, labels and values, so that it can be"
                        + " handed on and still has the same findings.")
                .sortOptions(false)
                .parameterListHeading("%n")
                .optionListHeading("%nOptions:%n")
                .footer(
                        "",
                        "Exit code: 0 if all was rewritten, 1 if some file could not be and is left out,",
                        "2 for a mistake in the command, 3 for a bug of Sealane.",
                        "",
                        "Examples:",
                        "  sealane redact shop-cluster/ for-the-vendor/",
                        "  sealane redact must-gather.tar.gz for-the-vendor.zip",
                        "  sealane redact --key \"$(cat ~/.redaction-key)\" dump.yaml redacted.yaml");
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        String words = key.getValue();
        if (words != null && words.isEmpty()) {
            throw new UsageError("--key is empty");
        }
        Result result = new Redactor(words == null ? Key.random() : Key.of(words), Source.limits(limits))
                .redact(in.getValue(), out.getValue());
        say(
                "%s rewritten: stand-ins for %s and %s",
                count(result.files(), "file"), count(result.words(), "word"), count(result.addresses(), "address"));
        say(
                "removed: %s of Secrets, %s, %s",
                count(result.secretValues(), "value"),
                count(result.texts(), "other text"),
                count(result.comments(), "comment"));
        List<String> leftOut = result.leftOut();
        leftOut.stream().limit(SHOWN).forEach(file -> say("left out, no objects are read from it: %s", file));
        if (leftOut.size() > SHOWN) {
            say("left out, no objects are read from them: %s more", count(leftOut.size() - SHOWN, "file"));
        }
        result.refused().forEach(file -> say("left out, cannot be read: %s", file));
        return result.refused().isEmpty() ? 0 : Main.FOUND;
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : noun.endsWith("s") ? "es" : "s");
    }

    private void say(String format, Object... values) {
        streams.err().println(Visible.of(String.format(format, values)));
    }
}
