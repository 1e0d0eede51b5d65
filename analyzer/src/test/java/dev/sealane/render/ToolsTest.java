package dev.sealane.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.load.UsageError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolsTest {
    @TempDir
    private Path folder;

    private String run(String body, Duration limit) throws IOException {
        Tools tools = new Tools(Scripts.script(folder, "tool", body), limit);
        String program = tools.find("tool").orElseThrow().toString();
        return new String(tools.run("tool", List.of(program, "a b", "$HOME;x")), StandardCharsets.UTF_8);
    }

    private String failure(String body, Duration limit) {
        return assertThrows(UsageError.class, () -> run(body, limit)).getMessage();
    }

    @Test
    void argumentsAreNotReadByAShell() throws IOException {
        assertEquals("<a b><$HOME;x>", run("printf '<%s>' \"$@\"", Duration.ofSeconds(20)));
    }

    @Test
    void itGetsTheEnvironmentAndNoInput() throws IOException {
        String folders = folder + ":/usr/bin:/bin";
        assertEquals(folders + "\n0\n", run("echo $PATH; wc -c | tr -d ' '", Duration.ofSeconds(20)));
    }

    @Test
    void aFailureIsOneLineOfWhatItSays() {
        Duration limit = Duration.ofSeconds(20);
        assertEquals("tool failed with exit code 3: second", failure("echo first >&2; echo second >&2; exit 3", limit));
        assertEquals(
                "tool failed with exit code 1: Error: broken",
                failure("printf 'Error: broken\\n\\nUse --debug to see more\\n' >&2; exit 1", limit));
        assertEquals("tool failed with exit code 1: it does not say why", failure("echo out; exit 1", limit));
        String chatty = failure(
                "i=0; while [ $i -lt 3000 ]; do echo 0123456789012345678901234567890123456789 >&2; "
                        + "i=$((i+1)); done; printf '%0400d' 7 >&2; exit 1",
                limit);
        assertEquals("tool failed with exit code 1: " + "0".repeat(300) + "...", chatty);
    }

    @Test
    void itEndsWhenItsTimeIsOver() {
        long start = System.nanoTime();
        assertEquals("tool took longer than 1 s", failure("sleep 30", Duration.ofSeconds(1)));
        assertEquals("tool took longer than 1 s", failure("sleep 30 & wait", Duration.ofSeconds(1)));
        assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 20);
    }

    @Test
    void programsAreLookedForOnThePath() throws IOException {
        Map<String, String> environment = Scripts.script(folder, "tool", "true");
        assertEquals(Optional.of(folder.resolve("tool")), new Tools(environment).find("tool"));
        assertEquals(Optional.empty(), new Tools(Map.of()).find("tool"));
        assertEquals(Optional.empty(), new Tools(Map.of("PATH", ".:")).find("pom.xml"));
        Files.writeString(folder.resolve("text"), "not a program");
        assertEquals(Optional.empty(), new Tools(environment).find("text"));
        assertEquals(Optional.empty(), new Tools(Map.of("PATH", "\0:" + folder)).find("nothing"));
    }

    @Test
    void whatIsNoProgramIsSaidSo() throws IOException {
        Tools tools = new Tools(Scripts.script(folder, "tool", ""), Duration.ofSeconds(20));
        Path program = folder.resolve("tool");
        Files.writeString(program, "#!/no/such/interpreter\n");
        String message = assertThrows(UsageError.class, () -> tools.run("tool", List.of(program.toString())))
                .getMessage();
        assertTrue(message.startsWith("tool cannot be started: "), message);
    }
}
