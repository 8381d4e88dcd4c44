/** What other programs rely on. */
@NullMarked
package org.sipring.app.demo;

import org.jspecify.annotations.NullMarked;
