/** The whole wiring on one screen, and the command line. */
@NullMarked
package org.sipring.app;

import org.jspecify.annotations.NullMarked;
