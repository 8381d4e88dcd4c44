package org.sipring.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.sipring.app.process.CommandFailure;
import org.sipring.app.status.CallStory;
import org.sipring.app.status.StatusClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sipring why}. */
@Command(
        name = "why",
        description = "Tell what the platform did with a call, and why; exits 1 when no node remembers it.",
        mixinStandardHelpOptions = true)
final class WhyCommand implements Callable<Integer> {
    // A node reads no longer request line.
    private static final int LONGEST = 4_000;

    @Mixin
    private PlatformOption platform = new PlatformOption();

    @Parameters(paramLabel = "CALL-ID", description = "the Call-ID of any of its requests, as a phone's log has it")
    private String call = "";

    @Option(names = "--json", description = "as JSON: \"events\", each with time, node and text, and \"silent\" nodes")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        String encoded = URLEncoder.encode(call, StandardCharsets.UTF_8);
        if (encoded.isEmpty() || encoded.length() > LONGEST) {
            throw new CommandFailure("say which call: a Call-ID of 1 to some thousand characters");
        }
        String answer = new StatusClient()
                .ask(platform.httpAuthorities(), "/why?call-id=" + encoded)
                .text();
        JsonNode story = new ObjectMapper().readTree(answer);
        if (json) {
            System.out.println(answer);
        } else {
            CallStory.render(story).forEach(System.out::println);
        }
        return CallStory.known(story) ? 0 : 1;
    }
}
