/** What a node shows to Prometheus, to load balancers and to its operator. */
@NullMarked
package org.sipring.runtime.http;

import org.jspecify.annotations.NullMarked;
