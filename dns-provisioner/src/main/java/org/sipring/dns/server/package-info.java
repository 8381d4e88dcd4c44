/** The embedded authoritative name server: sockets around one zone. */
@NullMarked
package org.sipring.dns.server;

import org.jspecify.annotations.NullMarked;
