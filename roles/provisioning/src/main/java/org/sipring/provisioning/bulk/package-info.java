/** Many accounts at once: the formats that they come and go in. */
@NullMarked
package org.sipring.provisioning.bulk;

import org.jspecify.annotations.NullMarked;
