/** Holds the documents against the program: what they name must be there. */
@NullMarked
package org.sipring.app.documents;

import org.jspecify.annotations.NullMarked;
