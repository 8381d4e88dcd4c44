/** Who may use the platform: accounts and digest authentication. RFC 3261 section 22, RFC 7616. */
@NullMarked
package org.sipring.proxy.auth;

import org.jspecify.annotations.NullMarked;
