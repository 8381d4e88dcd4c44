/** The command line: reads arguments, prints results; what is done is done elsewhere. */
@NullMarked
package org.sipring.app.cli;

import org.jspecify.annotations.NullMarked;
