/** The SIP domains that have their users here. */
@NullMarked
package org.sipring.accounts.domain;

import org.jspecify.annotations.NullMarked;
