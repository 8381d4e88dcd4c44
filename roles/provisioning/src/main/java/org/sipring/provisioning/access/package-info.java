/** Who asks: operators by certificate or token, subscribers by digest or token. */
@NullMarked
package org.sipring.provisioning.access;

import org.jspecify.annotations.NullMarked;
