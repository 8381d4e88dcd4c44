/** A node's configuration: one immutable record per feature, read from HOCON, with all mistakes reported at once. */
@NullMarked
package org.sipring.runtime.settings;

import org.jspecify.annotations.NullMarked;
