/** Records of calls, for billing: one for each attempt. */
@NullMarked
package org.sipring.proxy.records;

import org.jspecify.annotations.NullMarked;
