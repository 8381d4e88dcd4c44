package org.sipring.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.sipring.runtime.Wait;

/** A {@link StoreNodeProcess}, and the way to it. One thread's. */
final class StoreChild implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration END = Duration.ofSeconds(20);
    /** That of a node which ./sipring starts on a machine of 2 GB, in megabytes. */
    static final int HEAP = 1_024;

    /** That of a demo's node, in megabytes. */
    static final int SMALL_HEAP = 112;

    private static final List<String> JAVA = List.of(
            "--add-modules=java.se",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=25",
            "-XX:MaxTenuringThreshold=0",
            "-XX:+ExitOnOutOfMemoryError");

    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;
    private String latest = "";

    private StoreChild(Process process) {
        this.process = process;
        orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static StoreChild start(Path dir, String name, StoreNodeHouse.Site site, int megabytes) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JAVA);
        words.add("-Xmx" + megabytes + "m");
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), StoreNodeProcess.class.getName()));
        words.addAll(site.words());
        return new StoreChild(new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        dir.resolve("store-" + name + ".log").toFile()))
                .start());
    }

    long pid() {
        return process.pid();
    }

    /** Gives an order, and waits for its answer. */
    String ask(String order) throws IOException {
        tell(order);
        return answer();
    }

    /** Gives an order whose answer is asked for later. */
    void tell(String order) throws IOException {
        orders.write(order + '\n');
        orders.flush();
    }

    String answer() throws IOException {
        String answer = answers.readLine();
        if (answer == null || answer.startsWith(StoreNodeProcess.FAILED)) {
            throw new IOException("a store's process says: " + answer);
        }
        latest = answer;
        return answer;
    }

    /** Asks again and again until it is so. */
    String await(String order, Predicate<String> so) throws IOException {
        if (!Wait.until(START, () -> so.test(askAgain(order)))) {
            throw new IOException("a store's process still answers " + order + " with " + latest);
        }
        return latest;
    }

    private String askAgain(String order) {
        try {
            return ask(order);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        orders.close();
        try {
            if (!process.waitFor(END.toNanos(), TimeUnit.NANOSECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
