/** What changes the durable store, and what comes of it: values, the same on every replica. */
@NullMarked
package org.sipring.store.command;

import org.jspecify.annotations.NullMarked;
