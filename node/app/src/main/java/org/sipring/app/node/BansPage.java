package org.sipring.app.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.sipring.http.HttpPage;
import org.sipring.http.HttpReply;
import org.sipring.proxy.defence.Ban;
import org.sipring.proxy.defence.OperatorBans;

/** Who is not heard: GET lists them, POST with {@code add=}, {@code for=}, {@code reason=} or {@code remove=} changes it. */
final class BansPage implements HttpPage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ControlKey key;
    private final Supplier<Optional<OperatorBans>> bans;

    /**
     * The page of a node.
     *
     * @param key what one must show to change anything
     * @param bans empty while the node is no proxy
     */
    BansPage(ControlKey key, Supplier<Optional<OperatorBans>> bans) {
        this.key = key;
        this.bans = bans;
    }

    @Override
    public CompletionStage<HttpReply> get(String query) {
        return bans.get()
                .map(known -> CompletableFuture.completedFuture(HttpReply.json(write(known.list()))))
                .orElseGet(BansPage::noProxy);
    }

    @Override
    public CompletionStage<HttpReply> post(String query, Optional<String> authorization) {
        if (!key.opens(authorization)) {
            return refuse(403, "show what control.key in the node's data folder says: it changes with each start");
        }
        try {
            Map<String, String> asked = fields(query);
            return bans.get().map(known -> change(known, asked)).orElseGet(BansPage::noProxy);
        } catch (IllegalArgumentException malformed) {
            return refuse(400, "ask for /bans?add=ADDRESS&for=SECONDS&reason=TEXT or /bans?remove=ADDRESS, encoded");
        }
    }

    private static CompletionStage<HttpReply> change(OperatorBans bans, Map<String, String> asked) {
        String remove = asked.get("remove");
        CompletionStage<OperatorBans.Answer> answer = remove != null
                ? bans.remove(remove)
                : bans.add(
                        asked.getOrDefault("add", ""),
                        Optional.ofNullable(asked.get("for"))
                                .map(Long::parseLong)
                                .map(Duration::ofSeconds),
                        asked.getOrDefault("reason", ""));
        return answer.thenApply(done -> HttpReply.text(done.done() ? 200 : 409, done.text()));
    }

    private static Map<String, String> fields(String query) {
        return Arrays.stream(query.split("&"))
                .map(field -> field.split("=", 2))
                .filter(field -> field.length == 2)
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }

    private static CompletableFuture<HttpReply> noProxy() {
        return refuse(409, "this node is no proxy, or not yet, and knows of no bans: ask another");
    }

    private static CompletableFuture<HttpReply> refuse(int status, String why) {
        return CompletableFuture.completedFuture(HttpReply.text(status, why));
    }

    private static byte[] write(List<Ban> bans) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode listed = root.putArray("bans");
        bans.forEach(ban -> listed.add(StatusReport.ban(ban)));
        return root.toString().getBytes(StandardCharsets.UTF_8);
    }
}
