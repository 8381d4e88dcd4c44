/** The whole platform on one screen, from any node. */
@NullMarked
package org.sipring.app.status;

import org.jspecify.annotations.NullMarked;
