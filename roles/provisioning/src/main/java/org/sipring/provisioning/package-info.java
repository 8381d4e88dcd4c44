/** The role that administrates accounts: a REST API over HTTPS. */
@NullMarked
package org.sipring.provisioning;

import org.jspecify.annotations.NullMarked;
