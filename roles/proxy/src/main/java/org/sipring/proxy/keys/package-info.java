/** Secrets that all nodes share and nobody else knows: they seal nonces and Record-Route tokens. */
@NullMarked
package org.sipring.proxy.keys;

import org.jspecify.annotations.NullMarked;
