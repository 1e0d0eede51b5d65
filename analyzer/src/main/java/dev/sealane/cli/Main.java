package dev.sealane.cli;

import dev.sealane.load.UsageError;
import dev.sealane.report.Visible;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program. Commands and options are put together here and in the commands' classes, not by annotations: looking at
 * these by reflection would take a fifth of a short run.
 */
public final class Main implements Runnable {
    static final int FOUND = 1;
    static final int MISTAKE = 2;
    static final int BUG = 3;
    static final int UNDECIDED = 4;

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    private Main(Streams streams) {
        spec.name("sealane")
                .versionProvider(new Version())
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .scopeType(ScopeType.INHERIT)
                        .description("Show this help and exit.")
                        .build())
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Print the version and exit.")
                        .build())
                .addSubcommand("lint", new LintCommand(streams).spec())
                .addSubcommand("coverage", new CoverageCommand(streams).spec())
                .addSubcommand("rules", new RulesCommand(streams).spec())
                .addSubcommand("explain", new ExplainCommand(streams).spec())
                .addSubcommand("trace", new TraceCommand(streams).spec())
                .addSubcommand("check-intent", new CheckIntentCommand(streams).spec())
                .addSubcommand("map", new MapCommand(streams).spec())
                .addSubcommand("diff", new DiffCommand(streams).spec())
                .addSubcommand("graph", new GraphCommand(streams).spec())
                .addSubcommand("capture", new CaptureCommand(streams).spec())
                .addSubcommand("redact", new RedactCommand(streams).spec())
                .addSubcommand("completion", new CompletionCommand(streams).spec());
        spec.usageMessage()
                .description(
                        "Finds what is wrong with the network of a Kubernetes cluster, from its manifests or a dump.")
                .synopsisSubcommandLabel("COMMAND")
                .commandListHeading("%nCommands:%n")
                .optionListHeading("%nOptions:%n")
                .footer(
                        "",
                        "Examples:",
                        "  sealane lint deploy/",
                        "  kubectl get all,ing,netpol,ns -A -o yaml | sealane lint -",
                        "  sealane explain SVC001");
    }

    /** Without a command. */
    @Override
    public void run() {
        throw new UsageError(
                "no command; there are " + String.join(", ", spec.subcommands().keySet()));
    }

    public static void main(String[] arguments) {
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        // The launcher knows about standard output alone; a console is there only if input is a terminal as well.
        String told = System.getProperty("sealane.terminal");
        boolean terminal = told == null ? System.console() != null : Boolean.parseBoolean(told);
        Duration progressAfter = Boolean.getBoolean("sealane.progress") ? Duration.ofSeconds(2) : null;
        Map<String, String> environment = System.getenv();
        boolean colour = terminal && colours(environment);
        int code = run(
                arguments,
                new Streams(System.in, out, err, colour, InstantSource.system(), environment, progressAfter));
        err.flush();
        System.exit(code);
    }

    /**
     * Runs one command.
     *
     * @param terminal whether {@code out} is one
     * @param clock tells how old a capture is
     * @return the exit code: 0, 1 for findings, 2 for the user's mistake, 3 for a bug, 4 where there is no answer of yes or no
     */
    public static int run(
            String[] arguments,
            InputStream in,
            PrintStream out,
            PrintStream err,
            Map<String, String> environment,
            boolean terminal,
            InstantSource clock) {
        boolean colour = terminal && colours(environment);
        return run(arguments, new Streams(in, out, err, colour, clock, environment, null));
    }

    private static boolean colours(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    static int run(String[] arguments, Streams streams) {
        int code;
        try {
            code = commandLine(streams).execute(arguments);
        } catch (Error error) {
            code = bug(error, streams);
        }
        if (streams.out().checkError()) {
            streams.err().println("sealane: cannot write all of the output");
            return MISTAKE;
        }
        return code;
    }

    private static CommandLine commandLine(Streams streams) {
        CommandLine main = new CommandLine(new Main(streams).spec);
        main.setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8));
        main.setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8));
        main.setColorScheme(CommandLine.Help.defaultColorScheme(streams.colour() ? Ansi.ON : Ansi.OFF));
        main.setCaseInsensitiveEnumValuesAllowed(true);
        main.setOverwrittenOptionsAllowed(true);
        main.setParameterExceptionHandler((exception, arguments) -> {
            mistake(message(exception), exception.getCommandLine(), streams);
            return MISTAKE;
        });
        main.setExecutionExceptionHandler((exception, command, parsed) -> {
            if (exception instanceof UsageError) {
                mistake(exception.getMessage(), command, streams);
                return MISTAKE;
            }
            return bug(exception, streams);
        });
        return main;
    }

    private static void mistake(String message, CommandLine command, Streams streams) {
        streams.err().println("sealane: " + Visible.of(message));
        streams.err().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    }

    private static String message(ParameterException exception) {
        if (exception.getArgSpec() instanceof OptionSpec option
                && exception.getValue() != null
                && option.type().isEnum()) {
            return option.longestName() + " is one of " + words(option.type()) + ", not " + exception.getValue();
        }
        if (exception instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            return (unmatched.isUnknownOption() ? "no option " : "no command or argument ")
                    + String.join(" ", unmatched.getUnmatched())
                    + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?");
        }
        return exception.getMessage();
    }

    private static String words(Class<?> type) {
        return Stream.of(type.getEnumConstants()).map(Object::toString).collect(Collectors.joining(", "));
    }

    private static int bug(Throwable throwable, Streams streams) {
        StringWriter trace = new StringWriter();
        throwable.printStackTrace(new PrintWriter(trace));
        trace.toString()
                .lines()
                .map(line -> Visible.of(line.replace("\t", "    ")))
                .forEach(streams.err()::println);
        streams.err()
                .println("This is a bug of " + Version.text() + ". Please report it with the lines above"
                        + " and, if you can share it, the input. Nothing was sent anywhere.");
        return BUG;
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new Ended(new FileOutputStream(descriptor)), false, StandardCharsets.UTF_8);
    }

    /** Does not mind that the reader of a pipe, such as {@code head}, has seen enough. */
    static final class Ended extends FilterOutputStream {
        Ended(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                if (!String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe")) {
                    throw e;
                }
            }
        }
    }

    /** The version of the build. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {text()};
        }

        static String text() {
            try (InputStream in = Main.class.getResourceAsStream("version.txt")) {
                return "sealane " + new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
