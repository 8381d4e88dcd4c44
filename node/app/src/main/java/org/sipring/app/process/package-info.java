/** What every command shares with the process that it runs in: its release, its end, its failures. */
@NullMarked
package org.sipring.app.process;

import org.jspecify.annotations.NullMarked;
