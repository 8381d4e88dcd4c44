/** Which nodes hold replicas: rules for the one that leads the others. */
@NullMarked
package org.sipring.store.group;

import org.jspecify.annotations.NullMarked;
