package org.sipring.certs;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sipring.api.Envelopes;
import org.sipring.api.NodeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secrets that nodes of one platform give each other, sealed for the certificate of the one that shall read them. Callable from any thread. */
public final class NodeEnvelopes implements Envelopes {
    private static final Logger LOG = LoggerFactory.getLogger(NodeEnvelopes.class);

    private final IdentityFolder identity;
    private final FormerKeys former;

    /**
     * The envelopes of a node.
     *
     * @param identity the node's identity, in whose folder the keys from before its renewals lie
     */
    public NodeEnvelopes(IdentityFolder identity) {
        this.identity = identity;
        former = new FormerKeys(identity.folder());
    }

    @Override
    public X509Certificate own() {
        return identity.pair().certificate();
    }

    @Override
    public byte[] seal(byte[] secret, NodeId node, X509Certificate certificate) throws CertificateException {
        NodeId holder = identity.judge(certificate).node();
        if (!holder.equals(node)) {
            throw new CertificateException("node " + node + " has shown the certificate of " + holder);
        }
        try {
            return Envelope.seal(secret, certificate);
        } catch (GeneralSecurityException otherKind) {
            throw new CertificateException("nothing can be sealed for the certificate of " + node, otherKind);
        }
    }

    @Override
    public Optional<byte[]> open(byte[] envelope) {
        return Envelope.open(envelope, keys());
    }

    private List<PrivateKey> keys() {
        List<PrivateKey> keys = new ArrayList<>();
        keys.add(identity.pair().key());
        try {
            keys.addAll(former.read());
        } catch (IOException | GeneralSecurityException damaged) {
            LOG.warn("the keys from before the certificate was renewed cannot be read", damaged);
        }
        return keys;
    }

    @Override
    public boolean isRenewed() {
        return former.exist();
    }

    @Override
    public void renewed() {
        try {
            former.forget();
        } catch (IOException failed) {
            LOG.warn(
                    "the keys from before the certificate was renewed are not needed any more, but stay: {}",
                    failed.toString());
        }
    }
}
