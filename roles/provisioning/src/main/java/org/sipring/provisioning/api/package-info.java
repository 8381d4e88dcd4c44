/** The routes of the API, and what stands behind each. */
@NullMarked
package org.sipring.provisioning.api;

import org.jspecify.annotations.NullMarked;
