package dev.sealane.cli;

import dev.sealane.link.Linker;
import dev.sealane.load.Input;
import dev.sealane.load.Loader;
import dev.sealane.load.UsageError;
import dev.sealane.report.TraceReport;
import dev.sealane.trace.Flow;
import dev.sealane.trace.Reach;
import dev.sealane.trace.Tracer;
import dev.sealane.trace.Traces;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code sealane trace}. */
final class TraceCommand implements Callable<Integer> {
    private enum Format {
        TEXT,
        JSON,
        MERMAID;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    private final PositionalParamSpec ends = PositionalParamSpec.builder()
            .paramLabel("FROM TO[:PORT][/PROTOCOL]")
            .arity("0..2")
            .index("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .initialValue(List.of())
            .description("Who connects, and to what.")
            .build();

    private final OptionSpec pairs = OptionSpec.builder("--from-file")
            .paramLabel("FILE")
            .type(String.class)
            .description("Pairs of FROM and TO, one a line; - for standard input.")
            .build();

    private final Source source;
    private final OptionSpec format = FormatOption.of(Format.class, "text");
    private final Destination destination;
    private final Streams streams;

    TraceCommand(Streams streams) {
        this.streams = streams;
        spec.addPositional(ends);
        source = Source.ofOption(spec);
        spec.addOption(pairs).addOption(format);
        destination = new Destination(spec);
        spec.usageMessage()
                .description("Follow a connection hop by hop, and say what decides at each.")
                .sortOptions(false)
                .parameterListHeading("%n")
                .optionListHeading("%nOptions:%n")
                .footer(
                        "",
                        "FROM is a pod, a workload, NAMESPACE/serviceaccount/NAME, node/NAME, internet or an address.",
                        "TO is one of these, a Service, a name in DNS, http(s)://HOST/PATH of an Ingress or a route, NODE:NODEPORT,",
                        "the address of a load balancer, dns, or any address.",
                        "",
                        "Exit code: 0 if it is reachable, 1 if not, 4 if that depends or the input does not tell,",
                        "2 for a mistake in the command, 3 for a bug of Sealane. Of several pairs, the worst: 1, 4, 0.",
                        "",
                        "Examples:",
                        "  sealane trace -i cluster.yaml shop/web shop/api:80",
                        "  sealane trace -i dump/ shop/web-7d9c api.shop.svc.cluster.local:80",
                        "  sealane trace internet https://shop.example.com/cart",
                        "  sealane trace -i dump/ shop/web dns");
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        List<Flow> flows = flows();
        Loader loader = source.loader(streams);
        Input input = source.loadSayingErrors(loader, streams);
        Tracer tracer = new Tracer(Linker.link(input, false));
        List<Traces> all = flows.stream().map(tracer::trace).toList();
        TraceReport report = new TraceReport(all, loader.locations());
        destination.write(
                switch (format.<Format>getValue()) {
                    case TEXT -> report.text();
                    case JSON -> report.json(pairs.getValue() != null);
                    case MERMAID -> report.mermaid();
                },
                streams);
        boolean no = all.stream().anyMatch(traces -> traces.verdict() == Reach.UNREACHABLE);
        boolean yes = all.stream().allMatch(traces -> traces.verdict() == Reach.REACHABLE);
        return no ? Main.FOUND : yes ? 0 : Main.UNDECIDED;
    }

    private List<Flow> flows() {
        List<String> given = ends.getValue();
        if (pairs.getValue() == null) {
            if (given.size() != 2) {
                throw new UsageError("a trace has two ends, FROM and TO; " + given.size() + " were given");
            }
            return List.of(Flow.of(given.get(0), given.get(1)));
        }
        if (!given.isEmpty()) {
            throw new UsageError("the pairs are those of --from-file; give no other beside it");
        }
        List<Flow> flows = new ArrayList<>();
        int number = 0;
        for (String line : streams.text(pairs.getValue()).lines().toList()) {
            number++;
            String pair = line.strip();
            if (pair.isEmpty() || pair.startsWith("#")) {
                continue;
            }
            String[] words = pair.split("\\s+");
            if (words.length != 2) {
                throw new UsageError(pairs.getValue() + ":" + number + ": two words are needed, FROM and TO");
            }
            flows.add(Flow.of(words[0], words[1]));
        }
        if (flows.isEmpty()) {
            throw new UsageError(pairs.getValue() + " has no pair in it");
        }
        return flows;
    }
}
