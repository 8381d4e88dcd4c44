/** Who can be reached where: RFC 3261 section 10 on a replicated table. */
@NullMarked
package org.sipring.proxy.registrar;

import org.jspecify.annotations.NullMarked;
