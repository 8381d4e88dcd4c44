package org.sipring.http;

import java.net.InetAddress;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/**
 * Who asks, as far as the connection tells.
 *
 * @param address where the connection comes from
 * @param tls the finished handshake, which may hold a certificate; empty on a connection without TLS
 */
public record HttpPeer(InetAddress address, Optional<SSLSession> tls) {}
