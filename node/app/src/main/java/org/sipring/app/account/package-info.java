/** What commands do with accounts: asks the platform's API, and tells people what it says. */
@NullMarked
package org.sipring.app.account;

import org.jspecify.annotations.NullMarked;
