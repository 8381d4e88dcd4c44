/** SIP proxy and registrar. */
@NullMarked
package org.sipring.proxy;

import org.jspecify.annotations.NullMarked;
