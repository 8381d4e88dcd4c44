/** How nodes hear of each other's replicas: hints over the overlay. Who is in the group, the group alone says. */
@NullMarked
package org.sipring.store.discovery;

import org.jspecify.annotations.NullMarked;
