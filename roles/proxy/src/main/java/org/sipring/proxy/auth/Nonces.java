package org.sipring.proxy.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.sipring.api.Chance;
import org.sipring.api.NodeId;
import org.sipring.api.Overlay;
import org.sipring.proxy.keys.Purpose;
import org.sipring.proxy.keys.Seal;
import org.sipring.proxy.keys.SharedKeys;
import org.sipring.sip.digest.NonceCounts;

/**
 * One-time texts that any node can check. Only the node that issued one knows which of its counts were used; the others
 * ask it. RFC 7616 section 3.3 and 5.4. Callable from any thread.
 */
public final class Nonces {
    private static final String SUBJECT = "sip.nonce";
    private static final String ABOUT_NOTHING = "";
    private static final int LONGEST = 200;
    private static final byte[] FRESH = {1};
    private static final byte[] USED = {0};

    private final NonceSettings settings;
    private final SharedKeys keys;
    private final Seal seal;
    private final Overlay overlay;
    private final Supplier<Instant> clock;
    private final NonceCounts counts;
    private final long boot;

    /**
     * The nonces of this node. Answers the other nodes from now on.
     *
     * @param settings how they live
     * @param keys the keys of {@code nonce-keys}, started
     * @param overlay the other nodes
     * @param clock the time of day, from any thread
     * @param chance names this life of the node
     */
    public Nonces(NonceSettings settings, SharedKeys keys, Overlay overlay, Supplier<Instant> clock, Chance chance) {
        this.settings = settings;
        this.keys = keys;
        this.seal = new Seal(keys, Purpose.NONCE, LONGEST);
        this.overlay = overlay;
        this.clock = clock;
        this.counts = new NonceCounts(settings.remembered());
        this.boot = chance.number();
        overlay.handle(SUBJECT, this::answer);
    }

    /**
     * Makes a nonce.
     *
     * @param source whom it is for
     * @return its text
     */
    public String issue(long source) {
        Nonce nonce = new Nonce(clock.get().toEpochMilli(), boot, counts.issue(), source, overlay.self());
        return seal.seal(nonce.write(), ABOUT_NOTHING);
    }

    /**
     * Uses a nonce.
     *
     * @param text its text
     * @param count the client's count
     * @param source who uses it
     * @return true when the platform issued it to the same sender lately and nobody can have used this count of it before;
     *     false where that cannot be found out; never fails; on any thread
     */
    public CompletionStage<Boolean> use(String text, int count, long source) {
        return use(text, count, nonce -> nonce.source() == source);
    }

    /**
     * Tells whether the platform issued a nonce lately to a sender.
     *
     * @param text its text
     * @param source the sender
     * @return false also where this node cannot tell
     */
    boolean issuedTo(String text, long source) {
        Optional<Seal.Sealed> sealed = seal.read(text);
        return sealed.flatMap(Nonces::nonce)
                        .filter(this::young)
                        .filter(nonce -> nonce.source() == source)
                        .isPresent()
                && seal.genuine(sealed.get(), ABOUT_NOTHING);
    }

    private CompletionStage<Boolean> use(String text, int count, Predicate<Nonce> wanted) {
        Optional<Seal.Sealed> sealed = seal.read(text);
        Optional<Nonce> nonce = sealed.flatMap(Nonces::nonce).filter(wanted).filter(this::young);
        if (nonce.isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        return genuine(sealed.get())
                .thenCompose(genuine ->
                        genuine ? useOnce(text, nonce.get(), count) : CompletableFuture.completedFuture(false));
    }

    // Not to be believed yet.
    private static Optional<Nonce> nonce(Seal.Sealed sealed) {
        return Nonce.read(sealed.content());
    }

    private boolean young(Nonce nonce) {
        Duration age = Duration.between(Instant.ofEpochMilli(nonce.time()), clock.get());
        boolean own = nonce.issuer().equals(overlay.self());
        Duration tolerance = own ? Duration.ZERO : settings.tolerance();
        return age.compareTo(tolerance.negated()) >= 0
                && age.compareTo(settings.life().plus(tolerance)) <= 0;
    }

    private CompletionStage<Boolean> genuine(Seal.Sealed sealed) {
        boolean known = keys.find(sealed.key()).isPresent();
        return known
                ? CompletableFuture.completedFuture(seal.genuine(sealed, ABOUT_NOTHING))
                : keys.refresh().thenApply(done -> seal.genuine(sealed, ABOUT_NOTHING));
    }

    private CompletionStage<Boolean> useOnce(String text, Nonce nonce, int count) {
        if (nonce.issuer().equals(overlay.self())) {
            return CompletableFuture.completedFuture(useOwn(nonce, count));
        }
        boolean gone = overlay.view().member(nonce.issuer()).isEmpty();
        return gone ? CompletableFuture.completedFuture(false) : ask(nonce.issuer(), text, count);
    }

    private boolean useOwn(Nonce nonce, int count) {
        // A nonce of an earlier life: nobody knows its counts any more.
        return nonce.boot() == boot && counts.use(nonce.serial(), count);
    }

    private CompletionStage<Boolean> ask(NodeId issuer, String text, int count) {
        byte[] nonce = text.getBytes(StandardCharsets.US_ASCII);
        byte[] body =
                ByteBuffer.allocate(4 + nonce.length).putInt(count).put(nonce).array();
        return overlay.request(issuer, SUBJECT, body, settings.ask())
                .thenApply(answer -> answer.length == 1 && answer[0] == FRESH[0])
                .exceptionally(silent -> false);
    }

    private CompletionStage<byte[]> answer(NodeId from, byte[] body) {
        if (body.length < 4) {
            return CompletableFuture.completedFuture(USED);
        }
        int count = ByteBuffer.wrap(body).getInt();
        String text = new String(body, 4, body.length - 4, StandardCharsets.US_ASCII);
        boolean own = seal.read(text)
                .flatMap(Nonces::nonce)
                .filter(nonce -> nonce.issuer().equals(overlay.self()))
                .isPresent();
        return own
                ? use(text, count, asked -> true).thenApply(fresh -> fresh ? FRESH : USED)
                : CompletableFuture.completedFuture(USED);
    }
}
