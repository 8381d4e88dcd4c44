/** SIP messages, transports and transactions, shared by the SIP roles. */
@NullMarked
package org.sipring.sip;

import org.jspecify.annotations.NullMarked;
