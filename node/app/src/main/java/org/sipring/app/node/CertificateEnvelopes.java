package org.sipring.app.node;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.sipring.api.NodeId;
import org.sipring.certs.NodeEnvelopes;
import org.sipring.store.secret.Envelopes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store's secrets sealed for the certificates of nodes.
 *
 * @param node what this node's certificate does
 */
record CertificateEnvelopes(NodeEnvelopes node) implements Envelopes {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateEnvelopes.class);

    @Override
    public X509Certificate own() {
        return node.own();
    }

    @Override
    public byte[] seal(byte[] secret, NodeId reader, X509Certificate certificate) throws CertificateException {
        return node.seal(secret, reader, certificate);
    }

    @Override
    public Optional<byte[]> open(byte[] envelope) {
        return node.open(envelope);
    }

    @Override
    public boolean isRenewed() {
        return node.isRenewed();
    }

    @Override
    public void renewed() {
        try {
            node.renewed();
        } catch (IOException failed) {
            LOG.warn(
                    "the keys from before the certificate was renewed are not needed any more, but stay: {}",
                    failed.getMessage());
        }
    }
}
