/** Who a node is: the private CA, node certificates, revocation. */
@NullMarked
package org.sipring.certs;

import org.jspecify.annotations.NullMarked;
