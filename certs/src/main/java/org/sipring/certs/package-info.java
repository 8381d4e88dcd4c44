/**
 * Who a node is: the private CA, node certificates, revocation.
 *
 * <p>{@link org.sipring.certs.Authority} is what the operator's machine runs, {@link
 * org.sipring.certs.IdentityFolder} what a node runs. BouncyCastle writes certificates; the JDK reads and checks them.
 */
@NullMarked
package org.sipring.certs;

import org.jspecify.annotations.NullMarked;
