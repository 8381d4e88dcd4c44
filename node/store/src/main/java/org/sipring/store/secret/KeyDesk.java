package org.sipring.store.secret;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.api.Envelopes;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.Overlay;
import org.sipring.api.Store;
import org.sipring.api.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets a node the platform's keys: out of its envelopes, or by asking one node after the other to seal them for its
 * certificate; and seals them for the nodes that ask. When its certificate has been renewed, its envelopes are made anew.
 * Works in its room; asked from any thread.
 */
public final class KeyDesk {
    private static final Logger LOG = LoggerFactory.getLogger(KeyDesk.class);
    private static final String SUBJECT = "store.keys";
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final Duration RENEW_AGAIN = Duration.ofSeconds(30);
    // As long as the one that is asked may wait for its store.
    private static final Duration ANSWER = Duration.ofSeconds(12);

    private final Secrets secrets;
    private final Envelopes envelopes;
    private final Store store;
    private final Overlay overlay;
    private final Ticker room;
    private volatile boolean open;
    private int asked;

    /**
     * A desk that does nothing yet.
     *
     * @param secrets this node's
     * @param envelopes what this node's certificate does
     * @param store where envelopes are kept
     * @param overlay the way to the others
     * @param room its own
     */
    public KeyDesk(Secrets secrets, Envelopes envelopes, Store store, Overlay overlay, Ticker room) {
        this.secrets = secrets;
        this.envelopes = envelopes;
        this.store = store;
        this.overlay = overlay;
        this.room = room;
    }

    /**
     * Begins; the store can be read.
     *
     * @param founds whether the platform began with this node, which makes the first key where there is none
     */
    public void start(boolean founds) {
        overlay.handle(SUBJECT, this::answer);
        room.execute(() -> seek(founds));
    }

    /**
     * Tells whether this node has the platform's keys.
     *
     * @return true once it has, for as long as it runs
     */
    public boolean isOpen() {
        return open;
    }

    /** To be called when this node's certificate may have been renewed. */
    public void renew() {
        room.execute(() -> {
            if (open && envelopes.isRenewed()) {
                keepUp();
            }
        });
    }

    private void seek(boolean founds) {
        if (opens()) {
            open = true;
            renew();
            return;
        }
        CompletionStage<Void> attempt =
                founds ? store.catchUp().thenComposeAsync(done -> foundOrAsk(), room::execute) : ask();
        var unused = attempt.whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.debug("the platform's keys are not here yet", failure);
            }
            room.after(failure == null ? SOON : AGAIN, () -> seek(founds));
        });
    }

    private boolean opens() {
        try {
            return secrets.open();
        } catch (IllegalStateException storeIsClosed) {
            LOG.debug("the platform's keys cannot be read now", storeIsClosed);
            return false;
        }
    }

    // Its disk may be new, or its certificate.
    private CompletionStage<Void> foundOrAsk() {
        return secrets.areFounded() ? ask() : secrets.found();
    }

    private CompletionStage<Void> ask() {
        List<NodeId> others = overlay.view().members().stream()
                .map(Member::id)
                .filter(id -> !id.equals(overlay.self()))
                .toList();
        if (others.isEmpty()) {
            return CompletableFuture.failedFuture(new IllegalStateException("there is nobody to ask"));
        }
        NodeId next = others.get(asked++ % others.size());
        return overlay.request(next, SUBJECT, encoded(envelopes.own()), ANSWER)
                .thenCompose(admitted -> store.catchUp());
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a certificate that was read cannot be written", impossible);
        }
    }

    private CompletionStage<byte[]> answer(NodeId from, byte[] certificate) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        room.execute(() -> {
            var unused = admit(from, certificate).whenComplete((done, failure) -> {
                if (failure == null) {
                    answer.complete(new byte[0]);
                } else {
                    answer.completeExceptionally(failure);
                }
            });
        });
        return answer;
    }

    private CompletionStage<Void> admit(NodeId from, byte[] certificate) {
        if (!open) {
            return CompletableFuture.failedFuture(new IllegalStateException("this node has not got the keys itself"));
        }
        try {
            return secrets.admit(from, read(certificate));
        } catch (CertificateException malformed) {
            return CompletableFuture.failedFuture(malformed);
        }
    }

    private static X509Certificate read(byte[] certificate) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
    }

    private void keepUp() {
        var unused = secrets.admit(overlay.self(), envelopes.own())
                .whenComplete((done, failure) -> room.execute(() -> {
                    if (failure == null) {
                        envelopes.renewed();
                    } else {
                        LOG.warn(
                                "the platform's keys are not sealed for the renewed certificate yet, it is tried again: {}",
                                failure.getMessage());
                        room.after(RENEW_AGAIN, this::renew);
                    }
                }));
    }
}
