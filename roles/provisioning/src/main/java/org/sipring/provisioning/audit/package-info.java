/** Who has changed what. */
@NullMarked
package org.sipring.provisioning.audit;

import org.jspecify.annotations.NullMarked;
