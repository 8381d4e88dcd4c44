/** The whole platform in one thread: simulated time, network, chance and name server, and the program's own rules. */
@NullMarked
package org.sipring.app.world;

import org.jspecify.annotations.NullMarked;
