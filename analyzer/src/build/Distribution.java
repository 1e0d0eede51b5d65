import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Makes the folder that runs on a machine without Java, and its archive. Run by Maven with the JDK that the folder's
 * runtime is cut from, and with the class path of the product.
 *
 * <pre>
 * bin/sealane         the launcher
 * lib/sealane.jar     the program; its manifest lists the other jars in order
 * lib/sealane.aot     the JDK's ahead-of-time cache, from a training run
 * runtime/            a Java runtime of the modules that the jars need
 * </pre>
 */
final class Distribution {
    /**
     * What {@code jdeps --print-module-deps} says of the jars; and java.sql, because picocli asks for its classes again and
     * again, and what is missing is looked for in every jar.
     */
    private static final String MODULES =
            "java.base,java.compiler,java.desktop,java.logging,java.management,java.naming,java.sql,jdk.unsupported";

    /** Of the desktop only java.beans is used. */
    private static final String LEFT_OUT = "/java.desktop/lib/**,/java.desktop/legal/**";

    private final Path launcher;
    private final Path license;
    private final Path program;
    private final Path training;
    private final List<Path> jars;

    private Distribution(Path launcher, Path license, Path program, Path training, List<Path> jars) {
        this.launcher = launcher;
        this.license = license;
        this.program = program;
        this.training = training;
        this.jars = jars;
    }

    /** Arguments: the root of the project, the program's jar, the folder and the archive to make, when Maven started. */
    public static void main(String[] args) throws Exception {
        Path root = Path.of(args[0]);
        Path folder = Path.of(args[2]);
        Path archive = Path.of(args[3]);
        List<Path> jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::isRegularFile)
                .toList();
        Path sources = root.resolve("analyzer/src/build");
        Distribution distribution = new Distribution(
                sources.resolve("sealane"),
                root.resolve("LICENSE"),
                Path.of(args[1]),
                root.resolve("fixtures/rules"),
                jars);

        Path stamp = folder.resolveSibling("sealane.made-of");
        String madeOf = distribution.fingerprint(sources.resolve("Distribution.java"));
        if (!Files.exists(archive) || !Files.exists(stamp) || !Files.readString(stamp).equals(madeOf)) {
            Files.deleteIfExists(stamp);
            Path fresh = folder.resolveSibling("sealane.new");
            delete(fresh);
            distribution.make(fresh);
            delete(folder);
            Files.move(fresh, folder);
            run(List.of("tar", "-czf", archive.toString(), "-C", folder.getParent().toString(), "sealane"));
            Files.writeString(stamp, madeOf);
        }
        // Sources that were changed while Maven ran are newer than what it made of them.
        Files.setLastModifiedTime(stamp, FileTime.from(Instant.parse(args[4])));
    }

    private void make(Path folder) throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path lib = Files.createDirectories(folder.resolve("lib"));
        Files.copy(launcher, bin.resolve("sealane"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(license, folder.resolve("LICENSE"));
        Files.copy(program, lib.resolve("sealane.jar"));
        for (Path jar : jars) {
            copy(jar, lib.resolve(jar.getFileName()));
        }
        Path runtime = folder.resolve("runtime");
        int exit = ToolProvider.findFirst("jlink")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--add-modules=" + MODULES,
                        "--exclude-files=" + LEFT_OUT,
                        "--strip-java-debug-attributes",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output=" + runtime);
        if (exit != 0) {
            throw new IllegalStateException("jlink failed: this JDK may lack its jmods folder");
        }
        // A cache made with the G1 collector serves every other one. Profiles of the training run are left out: at the
        // start of a run they cause more compiling than a short run can use.
        run(List.of(
                runtime.resolve("bin/java").toString(),
                "-XX:+UseG1GC",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-AOTRecordTraining",
                "-XX:AOTCacheOutput=" + lib.resolve("sealane.aot"),
                "-jar",
                lib.resolve("sealane.jar").toString(),
                "lint",
                "--fail-on=never",
                training.toString()));
    }

    /**
     * Gives classes stack maps where they have none. Compilers write these since Java 6, and the JVM caches no class
     * without them; picocli is compiled for Java 5.
     */
    private static void copy(Path jar, Path to) throws IOException {
        ClassFile classes = ClassFile.of(ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader())
                        .orElse(ClassHierarchyResolver.defaultResolver())));
        ClassTransform modern = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                .andThen((builder, element) -> builder.with(
                        element instanceof ClassFileVersion
                                ? ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0)
                                : element));
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar));
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] bytes = in.readAllBytes();
                if (entry.getName().endsWith(".class") && bytes[7] < ClassFile.JAVA_6_VERSION) {
                    bytes = classes.transformClass(classes.parse(bytes), modern);
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(bytes);
            }
        }
    }

    private String fingerprint(Path self) throws Exception {
        List<Path> files = new ArrayList<>(jars);
        files.addAll(List.of(self, launcher, license, program));
        try (Stream<Path> walk = Files.walk(training)) {
            walk.filter(Files::isRegularFile).sorted().forEach(files::add);
        }
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(Runtime.version().toString().getBytes());
        for (Path file : files) {
            digest.update(file.getFileName().toString().getBytes());
            digest.update(Files.readAllBytes(file));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** What the command prints is shown only if it fails. */
    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed:\n" + output);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
