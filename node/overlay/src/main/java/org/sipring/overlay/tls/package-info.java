/**
 * Mutual TLS inside Hazelcast's channel pipeline: who may speak on the overlay's port, and what each side has proved to
 * be.
 *
 * <p>Hazelcast's own TLS is not part of its open-source edition. The handlers here take its place: {@link
 * org.sipring.overlay.tls.TlsGate} puts one in front of every inbound and behind every outbound pipeline.
 */
@NullMarked
package org.sipring.overlay.tls;

import org.jspecify.annotations.NullMarked;
