/**
 * The manager that keeps the zone as the platform's view wants it, and the desk that says on every node how that goes.
 * It decides by {@code zone}, {@code plan} and {@code fence}, each of which knows only those before it, and asks the
 * primary through a port that {@code wire} implements.
 */
@NullMarked
package org.sipring.dns;

import org.jspecify.annotations.NullMarked;
