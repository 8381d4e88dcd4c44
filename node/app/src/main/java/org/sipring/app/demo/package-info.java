/** A whole platform on one machine: real processes, a name server, and one screen that says what to try. */
@NullMarked
package org.sipring.app.demo;

import org.jspecify.annotations.NullMarked;
