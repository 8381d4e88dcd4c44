/** What Jazzer throws at everything that reads what strangers send. */
@NullMarked
package org.sipring.sip.fuzz;

import org.jspecify.annotations.NullMarked;
