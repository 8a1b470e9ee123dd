package io.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the gateway, with a Java that only prints how it was called. */
class LauncherTest {
    private static final Path SOURCES = Path.of("src", "main", "dist");
    private static final String SHOW_ARGUMENTS = """
        #!/bin/sh
        for argument in "$@"; do echo "[$argument]"; done
        """;

    @TempDir
    private Path folder;

    private Path home;
    private final Map<String, String> environment = new HashMap<>();

    /** What a process came to. */
    private record Ended(int exitCode, long pid, List<String> out, List<String> err) {}

    @BeforeEach
    void install() throws IOException {
        home = folder.resolve("a folder");
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        copy("bin/sluice");
        copy("lib/jvm.options");
        Files.writeString(home.resolve("lib/sluice.jar"), "the jar");
        environment.put("JAVA_HOME", java("a jdk", "17.0.9", SHOW_ARGUMENTS).toString());
    }

    @Test
    void flagsReachTheGatewayAsTheyAre() throws Exception {
        Ended ended = sluice("--app-id", "two words", "*", "", "--log-level=$HOME", "'quoted' \"twice\"");

        assertThat(ended.out())
                .endsWith("[--app-id]", "[two words]", "[*]", "[]", "[--log-level=$HOME]", "['quoted' \"twice\"]");
        assertThat(ended.out()).containsSequence("[-jar]", "[" + home.resolve("lib/sluice.jar") + "]", "[--app-id]");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void theFlagsOfASmallServerComeBeforeTheOperatorsOwn() throws Exception {
        environment.put("JAVA_OPTS", "-Dx=y  -XX:-UsePerfData -Dglob=*");
        Files.writeString(folder.resolve("-Dglob=file"), "");

        assertThat(sluice("--version").out())
                .contains("[-XX:+UseSerialGC]", "[-XX:+ExitOnOutOfMemoryError]")
                .containsSubsequence("[-XX:+ExitOnOutOfMemoryError]", "[-Dx=y]", "[-XX:-UsePerfData]", "[-Dglob=*]")
                .containsSubsequence("[-Dglob=*]", "[-jar]")
                .anyMatch(line -> line.startsWith("[-Xmx"))
                .noneMatch(line -> line.startsWith("[#"));
    }

    @Test
    void aHeapOfTheOperatorsOwnReplacesOurs() throws Exception {
        environment.put("JAVA_OPTS", "-XX:MaxRAMPercentage=60");

        assertThat(sluice().out())
                .contains("[-XX:MaxRAMPercentage=60]", "[-XX:+UseSerialGC]")
                .noneMatch(line -> line.startsWith("[-Xm"));
    }

    @Test
    void aCollectorThatIsSetForAllJavaProgramsReplacesOurs() throws Exception {
        environment.put("JDK_JAVA_OPTIONS", "-XX:+UseG1GC");

        assertThat(sluice().out()).doesNotContain("[-XX:+UseSerialGC]").anyMatch(line -> line.startsWith("[-Xmx"));
    }

    @Test
    void javaIsTheOneInThePathWithoutAJavaHome() throws Exception {
        environment.remove("JAVA_HOME");
        Path jdk = java("in path", "21.0.1", SHOW_ARGUMENTS);
        Path links = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("java"), Path.of("..", "in path", "bin", "java"));
        environment.put("PATH", links + ":" + System.getenv("PATH"));

        assertThat(sluice("--version").out()).contains("[--version]");
        assertThat(jdk).exists();
    }

    @Test
    void noJavaAtAllIsSaid() throws Exception {
        environment.remove("JAVA_HOME");
        environment.put("PATH", toolsWithoutJava().toString());

        Ended ended = sluice();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).containsExactly("sluice: no Java found: install Java 17 or newer, or set JAVA_HOME");
    }

    @Test
    void aJavaHomeWithoutJavaIsSaid() throws Exception {
        environment.put("JAVA_HOME", "/nowhere");

        Ended ended = sluice();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).containsExactly("sluice: no Java in JAVA_HOME: /nowhere/bin/java cannot be run");
    }

    @Test
    void anOldJavaIsRefusedWithItsVersion() throws Exception {
        for (String version : List.of("11.0.2", "1.8.0_292", "16")) {
            Path jdk = java("old " + version, version, SHOW_ARGUMENTS);
            environment.put("JAVA_HOME", jdk.toString());

            Ended ended = sluice();

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err())
                    .containsExactly(
                            "sluice: Java " + version + " is too old, 17 or newer is needed: " + jdk + "/bin/java");
        }
    }

    @Test
    void aJavaWithoutAReleaseFileIsAsked() throws Exception {
        Path jdk = java("unreleased", "", "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
        Files.delete(jdk.resolve("release"));
        environment.put("JAVA_HOME", jdk.toString());

        assertThat(sluice().err()).singleElement().asString().startsWith("sluice: Java 11.0.2 is too old");
    }

    @Test
    void aLinkToALinkToTheScriptFindsItsFolder() throws Exception {
        Path near = Files.createSymbolicLink(home.resolve("near"), Path.of("bin", "sluice"));
        Path far = Files.createSymbolicLink(folder.resolve("far"), near);

        assertThat(run(List.of(far.toString())).out()).contains("[" + home.resolve("lib/sluice.jar") + "]");
    }

    @Test
    void theScriptIsFoundFromItsOwnFolder() throws Exception {
        Ended ended = run(List.of("sh", "-c", "cd \"$1\" && exec sh sluice --version", "sh", home + "/bin"));

        assertThat(ended.out()).contains("[" + home.resolve("lib/sluice.jar") + "]", "[--version]");
    }

    @Test
    void javaIsTheSameProcessAndHasItsInput() throws Exception {
        environment.put(
                "JAVA_HOME",
                java("telling", "17", "#!/bin/sh\necho $$\ncat\nexit 7\n").toString());

        Ended ended = sluice();

        assertThat(ended.out()).containsExactly(String.valueOf(ended.pid()), "input");
        assertThat(ended.exitCode()).isEqualTo(7);
    }

    private Ended sluice(String... flags) throws Exception {
        var command = new ArrayList<>(List.of(home.resolve("bin/sluice").toString()));
        command.addAll(List.of(flags));
        return run(command);
    }

    private Ended run(List<String> command) throws Exception {
        Path input = Files.writeString(folder.resolve("input"), "input\n");
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(input.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("JAVA_.*|JDK_JAVA_OPTIONS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), process.pid(), Files.readAllLines(out), Files.readAllLines(err));
    }

    /** The home of a Java of this version whose program is a script. */
    private Path java(String name, String version, String script) throws IOException {
        Path jdk = folder.resolve(name);
        Files.createDirectories(jdk);
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Us\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(Files.createDirectories(jdk.resolve("bin")).resolve("java"), script);
        return jdk;
    }

    private Path toolsWithoutJava() throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String name : List.of("sed", "head", "readlink")) {
            executable(tools.resolve(name), "#!/bin/sh\nPATH=" + System.getenv("PATH") + " exec " + name + " \"$@\"\n");
        }
        return tools;
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void copy(String name) throws IOException {
        Files.copy(SOURCES.resolve(name), home.resolve(name));
    }
}
