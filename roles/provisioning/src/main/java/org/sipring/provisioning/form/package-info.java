/** Accounts as the API shows and takes them. Pure. */
@NullMarked
package org.sipring.provisioning.form;

import org.jspecify.annotations.NullMarked;
