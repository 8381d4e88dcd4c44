/** What every node needs around its roles: configuration, lifecycle, rooms, HTTP, metrics. */
@NullMarked
package org.sipring.runtime;

import org.jspecify.annotations.NullMarked;
