/**
 * Edges: which node holds the flow to a phone, how that is written into Record-Route so that a dialog outlives its
 * proxy, and which way leads to a phone now.
 */
@NullMarked
package org.sipring.proxy.edge;

import org.jspecify.annotations.NullMarked;
