/**
 * What a role may know of the platform: values and ports, how a file survives a power cut, and how strangers are bounded, on
 * nothing but the JDK.
 *
 * <p>A value is immutable. A port is an interface with two honest implementations, the real one and the simulated
 * one, held together by a contract suite in {@code node/testkit}.
 */
@NullMarked
package org.sipring.api;

import org.jspecify.annotations.NullMarked;
