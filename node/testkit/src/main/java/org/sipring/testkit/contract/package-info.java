/**
 * What every implementation of a port must do. A test extends a contract, says how to make its implementation, and
 * inherits the tests.
 */
@NullMarked
package org.sipring.testkit.contract;

import org.jspecify.annotations.NullMarked;
