import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Makes the folder that runs on a machine without Java, and its archive. Run by Maven with the JDK that the folder's
 * runtime is cut from, and with the class path of the product.
 *
 * <pre>
 * bin/sealane         the launcher
 * lib/sealane.jar     the program and all that it needs
 * lib/sealane.aot     the JDK's ahead-of-time cache, from a training run
 * runtime/            a Java runtime of the modules that the program needs
 * legal/              licences of what the jar holds
 * </pre>
 */
final class Distribution {
    /**
     * What {@code jdeps --print-module-deps} says of the jars; and java.sql, because picocli asks for its classes again and
     * again, and to find them is quicker than not to.
     */
    private static final String MODULES =
            "java.base,java.compiler,java.desktop,java.logging,java.management,java.naming,java.sql,jdk.unsupported";

    /** Of the desktop only java.beans is used. */
    private static final String LEFT_OUT = "/java.desktop/lib/**,/java.desktop/legal/**";

    private static final Pattern LEGAL = Pattern.compile("(META-INF/)?(LICENSE|NOTICE|about)[^/]*");

    /** What says something about the jar that it is in: manifest, signature, module descriptor and the like. */
    private static final Pattern OF_ONE_JAR =
            Pattern.compile("META-INF/(MANIFEST\\.MF|.*\\.(SF|RSA)|DEPENDENCIES|native-image/.*)|(.*/)?module-info\\.class");

    /** Native code beside the Java that does the same. */
    private static final String NATIVE = "aircompressor/";

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
        merge(folder);
        Files.copy(launcher, bin.resolve("sealane"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(license, folder.resolve("LICENSE"));
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
     * Writes the program and the jars that it needs as one: to open forty takes a sixth of a short run. Their licences and
     * notices go into the folder {@code legal}.
     */
    private void merge(Path folder) throws IOException {
        List<Path> all = new ArrayList<>(List.of(program));
        all.addAll(jars);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (Path jar : all) {
            String jarName = jar.getFileName().toString();
            try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
                for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    String name = entry.getName();
                    byte[] bytes = in.readAllBytes();
                    if (LEGAL.matcher(name).matches()) {
                        Path legal = Files.createDirectories(folder.resolve("legal").resolve(jarName));
                        Files.write(legal.resolve(name.substring(name.lastIndexOf('/') + 1)), bytes);
                    } else if (name.startsWith("META-INF/services/") && !entry.isDirectory()) {
                        entries.merge(name, bytes, Distribution::lines);
                    } else if (!entry.isDirectory()
                            && !name.startsWith(NATIVE)
                            && !OF_ONE_JAR.matcher(name).matches()) {
                        byte[] other = entries.putIfAbsent(name, bytes);
                        if (other != null && !Arrays.equals(other, bytes)) {
                            throw new IllegalStateException(jarName + " and a jar before it differ in " + name);
                        }
                    }
                }
            }
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "dev.sealane.cli.Main");
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
        try (JarOutputStream out =
                new JarOutputStream(Files.newOutputStream(folder.resolve("lib/sealane.jar")), manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getKey().endsWith(".class") ? modern(entry.getValue()) : entry.getValue());
            }
        }
    }

    private static byte[] lines(byte[] some, byte[] others) {
        return (new String(some, UTF_8) + "\n" + new String(others, UTF_8)).getBytes(UTF_8);
    }

    /**
     * Gives a class stack maps if it has none. Compilers write these since Java 6, and the JVM caches no class without
     * them; picocli is compiled for Java 5.
     */
    private static byte[] modern(byte[] bytes) {
        if (bytes[7] >= ClassFile.JAVA_6_VERSION) {
            return bytes;
        }
        ClassFile classes = ClassFile.of(ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader())
                        .orElse(ClassHierarchyResolver.defaultResolver())));
        ClassTransform transform = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                .andThen((builder, element) -> builder.with(
                        element instanceof ClassFileVersion
                                ? ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0)
                                : element));
        return classes.transformClass(classes.parse(bytes), transform);
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
