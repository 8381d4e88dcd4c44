/** What commands do with archives of a platform's documents. */
@NullMarked
package org.sipring.app.backup;

import org.jspecify.annotations.NullMarked;
