/** Simulated time, network and chance, and the contract suites that hold both worlds together. */
@NullMarked
package org.sipring.testkit;

import org.jspecify.annotations.NullMarked;
