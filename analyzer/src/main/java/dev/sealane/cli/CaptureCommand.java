package dev.sealane.cli;

import dev.sealane.capture.CaptureScript;
import dev.sealane.cli.Main.Version;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code sealane capture}. */
final class CaptureCommand implements Runnable {
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    private final OptionSpec namespaces = OptionSpec.builder("-n", "--namespace")
            .paramLabel("NAMESPACE")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .splitRegex(",")
            .initialValue(List.of())
            .description("Ask for these namespaces only, beside what has none (default: all).")
            .build();

    private final OptionSpec noNodes = OptionSpec.builder("--no-nodes")
            .type(boolean.class)
            .initialValue(false)
            .description("Leave out what captures on nodes.")
            .build();

    private final Destination destination;
    private final Streams streams;

    CaptureCommand(Streams streams) {
        this.streams = streams;
        spec.addOption(namespaces).addOption(noNodes);
        destination = new Destination(spec);
        spec.usageMessage()
                .description("Print a shell script that collects what Sealane can use of a cluster, with your kubectl,"
                        + " into a folder and an archive. Read it, then run it; Sealane runs nothing.")
                .sortOptions(false)
                .optionListHeading("%nOptions:%n")
                .footer(
                        "",
                        "Examples:",
                        "  sealane capture --output capture.sh; sh capture.sh shop-cluster",
                        "  sealane capture --namespace shop --namespace kube-system --no-nodes");
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public void run() {
        List<String> asked = namespaces.getValue();
        asked.forEach(Source::requireNamespace);
        destination.write(CaptureScript.of(asked, !noNodes.<Boolean>getValue(), Version.text()), streams);
    }
}
