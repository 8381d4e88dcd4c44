/**
 * The proxy of RFC 3261 section 16 for the platform's own domain. One {@link org.sipring.proxy.core.ProxyCore} for each
 * loop; nothing here knows sockets, clocks or how accounts and bindings are kept.
 */
@NullMarked
package org.sipring.proxy.core;

import org.jspecify.annotations.NullMarked;
