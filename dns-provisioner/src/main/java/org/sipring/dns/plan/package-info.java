/** From a view of the platform to the zone that Sipring wants, and to what must change in the zone as read. Pure. */
@NullMarked
package org.sipring.dns.plan;

import org.jspecify.annotations.NullMarked;
