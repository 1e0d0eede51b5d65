package dev.sealane.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the examples of the documents: each {@code console} block that starts with {@code $ sealane} or {@code $
 * ./sealane} must show what the command prints. {@code $ echo $?} shows the exit code of the command before.
 * {@code -Dupdate=true} writes what is printed into the documents; read the difference before you commit it.
 */
class DocsExamplesTest {
    private static final Pattern BLOCK =
            Pattern.compile("(?<=\n```console\n)\\$ (\\./)?sealane .*?(?=```\n)", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("^\\$ (.*)\n", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    /** With a program in the place of helm, which need not be installed. */
    private static final Map<String, String> TOOLS =
            Map.of("PATH", Path.of("fixtures/bin").toAbsolutePath() + ":/usr/bin:/bin");

    private static final Pattern TIME = Pattern.compile(" in \\d+\\.\\d+ s");

    @TestFactory
    Stream<DynamicTest> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(Path.of("README.md")));
        try (Stream<Path> files = Files.list(Path.of("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        return documents.stream().filter(Files::exists).map(file -> dynamicTest(file.toString(), () -> check(file)));
    }

    private static void check(Path file) throws IOException {
        String text = Files.readString(file);
        String actual = BLOCK.matcher(text).replaceAll(block -> Matcher.quoteReplacement(run(block)));
        if (Boolean.getBoolean("update")) {
            Files.writeString(file, actual);
            return;
        }
        assertEquals(timeless(text), timeless(actual));
    }

    @Test
    void commandsAreDocumentedByExamples() throws IOException {
        String text = Files.readString(Path.of("docs/commands.md"));
        for (String command : List.of("lint", "coverage", "rules", "explain", "trace", "graph", "capture", "redact")) {
            assertFalse(
                    BLOCK.matcher(text)
                            .results()
                            .noneMatch(block -> block.group().startsWith("$ sealane " + command)),
                    command);
        }
    }

    /** The block with the outputs of its commands. */
    private static String run(MatchResult block) {
        StringBuilder out = new StringBuilder();
        int code = 0;
        for (MatchResult line : COMMAND.matcher(block.group()).results().toList()) {
            String command = line.group(1);
            out.append("$ ").append(command).append('\n');
            if (command.equals("echo $?")) {
                out.append(code).append('\n');
                continue;
            }
            assertFalse(command.contains("|") || command.contains(">"), "there is no shell to run: " + command);
            List<String> words = WORD.matcher(command)
                    .results()
                    .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                    .toList();
            Call call =
                    Call.with("", TOOLS, false, words.subList(1, words.size()).toArray(String[]::new));
            code = call.code();
            out.append(call.err()).append(call.out());
        }
        return out.toString();
    }

    private static String timeless(String text) {
        return TIME.matcher(text).replaceAll(" in 0.00 s");
    }
}
