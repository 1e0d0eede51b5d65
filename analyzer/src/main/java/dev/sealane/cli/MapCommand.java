package dev.sealane.cli;

import dev.sealane.facts.PortRange;
import dev.sealane.facts.Protocol;
import dev.sealane.link.Linker;
import dev.sealane.link.Network;
import dev.sealane.load.UsageError;
import dev.sealane.map.Exposure;
import dev.sealane.map.View;
import dev.sealane.report.MapExport;
import dev.sealane.select.Selection;
import dev.sealane.select.Selectors;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code sealane map}. */
final class MapCommand implements Runnable {
    private enum Format {
        TEXT,
        JSON,
        CSV,
        DOT,
        GRAPHML,
        MERMAID;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    private final Source source = new Source(spec);
    private final OptionSpec from = OptionSpec.builder("--from")
            .paramLabel("SELECTOR")
            .type(String.class)
            .description("Only from these: shop/web, shop/app=web, namespace:env=prod, internet, 10.0.0.0/8, ...")
            .build();
    private final OptionSpec to = OptionSpec.builder("--to")
            .paramLabel("SELECTOR")
            .type(String.class)
            .description("Only to these.")
            .build();
    private final OptionSpec port = OptionSpec.builder("--port")
            .paramLabel("PORT[/PROTOCOL]")
            .type(String.class)
            .description("Only this port of the destination.")
            .build();
    private final OptionSpec exposed = flag("--exposed", "List what the outside can reach, and through what, instead.");
    private final OptionSpec isolated =
            flag("--isolated", "List what nothing can reach, and what can reach nothing, instead.");
    private final OptionSpec unprotected = flag("--unprotected", "List the pods that no policy applies to, instead.");
    private final OptionSpec format = FormatOption.of(Format.class, "text");
    private final Destination destination;
    private final Streams streams;

    MapCommand(Streams streams) {
        this.streams = streams;
        spec.addOption(from)
                .addOption(to)
                .addOption(port)
                .addOption(exposed)
                .addOption(isolated)
                .addOption(unprotected)
                .addOption(format);
        destination = new Destination(spec);
        spec.usageMessage()
                .description("Show who can talk to whom, as far as policies say.")
                .sortOptions(false)
                .parameterListHeading("%n")
                .optionListHeading("%nOptions:%n")
                .footer(
                        "",
                        "Examples:",
                        "  sealane map --to shop/db dump.yaml",
                        "  sealane map --from internet --port 443 deploy/",
                        "  sealane map --format json --output map.json must-gather/");
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .defaultValue("false")
                .description(description)
                .build();
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public void run() {
        boolean[] lists = {exposed.getValue(), isolated.getValue(), unprotected.getValue()};
        int asked = 0;
        for (boolean list : lists) {
            asked += list ? 1 : 0;
        }
        if (asked > 1) {
            throw new UsageError("--exposed, --isolated and --unprotected are asked one at a time");
        }
        Format wanted = format.getValue();
        if (asked == 1 && wanted != Format.TEXT && wanted != Format.JSON) {
            throw new UsageError("--format is text or json with --exposed, --isolated and --unprotected");
        }
        if (asked == 1 && Stream.of(from, to, port).anyMatch(option -> option.getValue() != null)) {
            throw new UsageError("--from, --to and --port go with the map, not with its lists");
        }
        String text = port.getValue();
        int number = text == null ? 0 : number(text);
        Protocol protocol = text == null ? null : protocol(text);
        Network network = Linker.link(source.loadSayingErrors(streams), false);
        Selectors selectors = new Selectors(network);
        View view = View.of(network, selection(selectors, from), selection(selectors, to), protocol, number);
        destination.stream(out -> write(view, wanted, out), streams);
    }

    private void write(View view, Format wanted, Writer out) throws IOException {
        boolean json = wanted == Format.JSON;
        if (exposed.<Boolean>getValue()) {
            MapExport.exposed(Exposure.exposed(view.map()), json, out);
        } else if (isolated.<Boolean>getValue()) {
            MapExport.sides("isolated", Exposure.isolated(view.map()), json, out);
        } else if (unprotected.<Boolean>getValue()) {
            MapExport.sides("unprotected", Exposure.unprotected(view.map()), json, out);
        } else {
            try {
                switch (wanted) {
                    case TEXT -> MapExport.text(view, out);
                    case JSON -> MapExport.json(view, out);
                    case CSV -> MapExport.csv(view, out);
                    case DOT -> out.append(MapExport.dot(view));
                    case GRAPHML -> out.append(MapExport.graphml(view));
                    case MERMAID -> out.append(MapExport.mermaid(view));
                }
            } catch (MapExport.TooLarge tooLarge) {
                throw new UsageError(tooLarge.getMessage());
            }
        }
    }

    private static Selection selection(Selectors selectors, OptionSpec option) {
        String text = option.getValue();
        return text == null ? null : selectors.select(text);
    }

    private static int number(String text) {
        String digits = text.split("/", -1)[0];
        if (!digits.matches("[0-9]{1,5}") || !PortRange.valid(Integer.parseInt(digits))) {
            throw new UsageError("--port is 1 to 65535, perhaps with /TCP, /UDP or /SCTP, not " + text);
        }
        return Integer.parseInt(digits);
    }

    /** Null for all. */
    private static Protocol protocol(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return null;
        }
        for (Protocol protocol : Protocol.values()) {
            if (protocol.name().equalsIgnoreCase(text.substring(slash + 1))) {
                return protocol;
            }
        }
        throw new UsageError("--port is 1 to 65535, perhaps with /TCP, /UDP or /SCTP, not " + text);
    }
}
