package org.sipring.app.node;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Consumer;
import org.sipring.api.Envelopes;
import org.sipring.api.NodeId;

/**
 * A node's envelopes, which forget former keys only once nothing else is sealed for them.
 *
 * @param below those of its certificate
 * @param rest has the rest sealed for the newest one, and runs then what it is given
 */
record StoreEnvelopes(Envelopes below, Consumer<Runnable> rest) implements Envelopes {
    @Override
    public X509Certificate own() {
        return below.own();
    }

    @Override
    public byte[] seal(byte[] secret, NodeId node, X509Certificate certificate) throws CertificateException {
        return below.seal(secret, node, certificate);
    }

    @Override
    public Optional<byte[]> open(byte[] envelope) {
        return below.open(envelope);
    }

    @Override
    public boolean isRenewed() {
        return below.isRenewed();
    }

    @Override
    public void renewed() {
        rest.accept(below::renewed);
    }
}
