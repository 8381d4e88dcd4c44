/**
 * The header and message model of jain-sip, for slow paths and as an oracle in tests. Its stack, transports, dialogs
 * and timers are not used.
 */
@NullMarked
package org.sipring.sip.jain;

import org.jspecify.annotations.NullMarked;
