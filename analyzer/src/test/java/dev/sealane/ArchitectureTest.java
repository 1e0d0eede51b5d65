package dev.sealane;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;

@AnalyzeClasses(packages = "dev.sealane", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule DEPENDENCIES_POINT_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("facts")
            .definedBy("dev.sealane.facts..")
            .layer("finding")
            .definedBy("dev.sealane.finding..")
            .layer("dump")
            .definedBy("dev.sealane.dump..")
            .layer("load")
            .definedBy("dev.sealane.load..")
            .layer("policy")
            .definedBy("dev.sealane.policy..")
            .layer("link")
            .definedBy("dev.sealane.link..")
            .layer("select")
            .definedBy("dev.sealane.select..")
            .layer("trace")
            .definedBy("dev.sealane.trace..")
            .layer("map")
            .definedBy("dev.sealane.map..")
            .layer("intent")
            .definedBy("dev.sealane.intent..")
            .layer("diff")
            .definedBy("dev.sealane.diff..")
            .layer("check")
            .definedBy("dev.sealane.check..")
            .layer("render")
            .definedBy("dev.sealane.render..")
            .layer("report")
            .definedBy("dev.sealane.report..")
            .layer("capture")
            .definedBy("dev.sealane.capture..")
            .layer("redact")
            .definedBy("dev.sealane.redact..")
            .layer("cli")
            .definedBy("dev.sealane.cli..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("capture")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("render")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("redact")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("diff")
            .mayOnlyBeAccessedByLayers("report", "cli")
            .whereLayer("check")
            .mayOnlyBeAccessedByLayers("diff", "report", "cli")
            .whereLayer("trace")
            .mayOnlyBeAccessedByLayers("intent", "report", "cli")
            .whereLayer("intent")
            .mayOnlyBeAccessedByLayers("report", "cli")
            .whereLayer("map")
            .mayOnlyBeAccessedByLayers("intent", "diff", "report", "cli")
            .whereLayer("select")
            .mayOnlyBeAccessedByLayers("trace", "map", "intent", "diff", "report", "cli")
            .whereLayer("link")
            .mayOnlyBeAccessedByLayers("select", "trace", "map", "intent", "diff", "check", "report", "cli")
            .whereLayer("policy")
            .mayOnlyBeAccessedByLayers("link", "select", "trace", "map", "intent", "diff", "check", "report", "cli")
            .whereLayer("dump")
            .mayOnlyBeAccessedByLayers("load", "redact", "cli")
            .whereLayer("load")
            .mayOnlyBeAccessedByLayers(
                    "capture", "redact", "render", "link", "select", "trace", "intent", "diff", "check", "report",
                    "cli");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.sealane.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS_AND_EXITS = noClasses()
            .that()
            .resideOutsideOfPackage("dev.sealane.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getenv");

    @ArchTest
    static final ArchRule NOTHING_OPENS_A_CONNECTION = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "javax.net..", "javax.naming..", "java.rmi..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(NetworkChannel.class, SocketChannel.class, DatagramChannel.class);

    @ArchTest
    static final ArchRule ONLY_RENDERING_STARTS_PROGRAMS = noClasses()
            .that()
            .resideOutsideOfPackage("dev.sealane.render..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class, Runtime.class);

    @ArchTest
    static final ArchRule FACTS_DO_NO_INPUT_OR_OUTPUT = noClasses()
            .that()
            .resideInAnyPackage("dev.sealane.facts..", "dev.sealane.finding..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio..", "org.snakeyaml..", "tools.jackson..", "org.drools..");
}
