/** What is wrong with a request, as people and programs read it. RFC 9457. */
@NullMarked
package org.sipring.provisioning.problem;

import org.jspecify.annotations.NullMarked;
