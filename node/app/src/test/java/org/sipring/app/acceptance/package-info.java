/**
 * The whole product as its users meet it: real processes, real sockets, peers that we did not write. Run by {@code
 * ./check}, one class after the other, since the demo's addresses are fixed.
 */
@NullMarked
package org.sipring.app.acceptance;

import org.jspecify.annotations.NullMarked;
