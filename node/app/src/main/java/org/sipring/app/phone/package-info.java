/** A small SIP phone that follows RFC 3263: places the demo's call, and is the tests' phone that outlives a proxy. */
@NullMarked
package org.sipring.app.phone;

import org.jspecify.annotations.NullMarked;
