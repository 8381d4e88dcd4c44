package org.sipring.dns;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.Overlay;
import org.sipring.api.RoleName;

/**
 * Answers on every node how the platform's DNS is: by asking the manager. Every node has one; a manager node's also
 * answers the others. Callable from any thread.
 */
public final class DnsDesk {
    private static final String STATE = "dns.state";
    private static final String REPORT = "dns.report";
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** A report reads the whole zone, three times over the wire. */
    private static final Duration REPORT_LIMIT = Duration.ofSeconds(10);

    private final Overlay overlay;
    private final Supplier<DnsState> own;
    private final DnsStateCodec codec = new DnsStateCodec();
    private final Optional<Supplier<CompletionStage<ZoneReport>>> reader;

    /**
     * The desk of a node that cannot read the zone.
     *
     * @param overlay the other nodes
     * @param own what this node knows itself, such as {@link DnsState#unknown}
     */
    public DnsDesk(Overlay overlay, Supplier<DnsState> own) {
        this(overlay, own, Optional.empty());
    }

    /**
     * The desk of a manager node, which answers other nodes from now on.
     *
     * @param overlay the other nodes
     * @param own {@link Manager#state}
     * @param reader reads the zone anew: {@link ZoneReport#read} with this node's primary and view
     */
    public DnsDesk(Overlay overlay, Supplier<DnsState> own, Supplier<CompletionStage<ZoneReport>> reader) {
        this(overlay, own, Optional.of(reader));
    }

    private DnsDesk(Overlay overlay, Supplier<DnsState> own, Optional<Supplier<CompletionStage<ZoneReport>>> reader) {
        this.overlay = overlay;
        this.own = own;
        this.reader = reader;
        ConfirmedViews.answer(overlay);
        overlay.handle(STATE, (from, body) -> CompletableFuture.completedFuture(codec.encode(own.get())));
        overlay.handle(REPORT, (from, body) -> read().thenApply(report -> encode(report, body)));
    }

    /** What {@code sipring dns} is asked for. */
    public enum Question {
        /** The RRsets. */
        SHOW,
        /** What is wrong with them. */
        VERIFY
    }

    /**
     * What {@code sipring dns} prints.
     *
     * @param good whether the zone is as it should be
     * @param text for people
     */
    public record Answer(boolean good, String text) {}

    /**
     * How DNS is, as the manager says; as this node says where no manager answers.
     *
     * @return the state; never fails
     */
    public CompletionStage<DnsState> state() {
        return otherManager()
                .map(manager -> overlay.request(manager, STATE, new byte[0], LIMIT)
                        .thenApply(codec::decode)
                        .exceptionally(silent -> own.get()))
                .orElseGet(() -> CompletableFuture.completedFuture(own.get()));
    }

    /**
     * Reads the zone, here or at the manager.
     *
     * @param question what to tell
     * @return the answer; fails when the manager, or its name server, does not answer
     */
    public CompletionStage<Answer> ask(Question question) {
        byte[] body = question.name().getBytes(StandardCharsets.UTF_8);
        return reader.isPresent()
                ? read().thenApply(report -> decode(encode(report, body)))
                : otherManager()
                        .map(manager -> overlay.request(manager, REPORT, body, REPORT_LIMIT)
                                .thenApply(DnsDesk::decode))
                        .orElseGet(DnsDesk::nobody);
    }

    private Optional<NodeId> otherManager() {
        return overlay.view()
                .oldestServing(RoleName.MANAGER)
                .map(Member::id)
                .filter(manager -> !manager.equals(overlay.self()));
    }

    private CompletionStage<ZoneReport> read() {
        return reader.map(Supplier::get).orElseGet(DnsDesk::nobody);
    }

    private static <T> CompletionStage<T> nobody() {
        return CompletableFuture.failedFuture(new IllegalStateException(
                "no node in service may take the role manager: issue a certificate that permits it"));
    }

    /** One octet, 1 for good, and the text in UTF-8. */
    private static byte[] encode(ZoneReport report, byte[] question) {
        boolean show = new String(question, StandardCharsets.UTF_8).equals(Question.SHOW.name());
        byte[] text = (show ? report.show() : report.verify()).getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[text.length + 1];
        bytes[0] = (byte) (report.good() ? 1 : 0);
        System.arraycopy(text, 0, bytes, 1, text.length);
        return bytes;
    }

    private static Answer decode(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("an empty report");
        }
        return new Answer(
                bytes[0] == 1, new String(Arrays.copyOfRange(bytes, 1, bytes.length), StandardCharsets.UTF_8));
    }
}
