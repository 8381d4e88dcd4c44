/** The shell scripts that build and check, run among stubs of what they call. */
@NullMarked
package org.sipring.app.build;

import org.jspecify.annotations.NullMarked;
