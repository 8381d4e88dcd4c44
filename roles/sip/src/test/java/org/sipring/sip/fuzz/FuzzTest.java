package org.sipring.sip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Jazzer, led by what code its inputs reach, searches for one that breaks a {@link Target}; what it finds is in the
 * failure's text, in Base64. Each search is a process of its own.
 */
final class FuzzTest {
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final Duration START = Duration.ofSeconds(60);
    // Of one input. The first ones load and instrument classes.
    private static final Duration HANGS = Duration.ofSeconds(30);
    private static final int ANY_SEED = 0;

    @TempDir
    Path dir;

    @ParameterizedTest
    @MethodSource("org.sipring.sip.fuzz.Target#all")
    @Tag("acceptance")
    void aShortSearchFindsNothing(Target target) throws IOException, InterruptedException {
        search(target, SHORT, 1);
    }

    @ParameterizedTest
    @MethodSource("org.sipring.sip.fuzz.Target#all")
    @Tag("long")
    @Timeout(150)
    void aLongSearchFindsNothing(Target target) throws IOException, InterruptedException {
        search(target, LONG, ANY_SEED);
    }

    private void search(Target target, Duration time, int seed) throws IOException, InterruptedException {
        Path output = dir.resolve("output");
        Process jazzer = new ProcessBuilder(words(target, time, seed))
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = jazzer.waitFor(time.plus(START).toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            jazzer.destroyForcibly().waitFor();
        }
        String said = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        assertThat(ended && jazzer.exitValue() == 0).as(found() + said).isTrue();
        assertThat(said).containsPattern("Done [1-9][0-9]* runs");
    }

    /** The inputs that broke the target; Jazzer names their files by what they did. */
    private String found() throws IOException {
        StringBuilder text = new StringBuilder();
        try (DirectoryStream<Path> inputs = Files.newDirectoryStream(dir, "{crash,timeout,oom}-*")) {
            for (Path input : inputs) {
                text.append("%s: %s%n"
                        .formatted(input.getFileName(), Base64.getEncoder().encodeToString(Files.readAllBytes(input))));
            }
        }
        return text.toString();
    }

    private List<String> words(Target target, Duration time, int seed) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.type().getName(),
                "--instrumentation_includes=org.sipring.**:io.netty.handler.codec.**:org.xbill.DNS.**",
                // Its hooks for Unsafe break Netty's queues, and those for all else are of no use here.
                "--custom_hook_includes=org.sipring.**",
                "-max_total_time=" + time.toSeconds(),
                "-timeout=" + HANGS.toSeconds(),
                "-seed=" + seed,
                "-print_final_stats=1"));
        words.add(corpus(target).toString());
        return words;
    }

    private Path corpus(Target target) throws IOException {
        Path corpus = Files.createDirectory(dir.resolve("corpus"));
        for (int i = 0; i < target.seeds().size(); i++) {
            Files.write(corpus.resolve("seed" + i), target.seeds().get(i));
        }
        return corpus;
    }
}
