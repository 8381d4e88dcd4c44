/** What disks and backups must not show: documents sealed under the platform's key, and who may have that key. */
@NullMarked
package org.sipring.store.secret;

import org.jspecify.annotations.NullMarked;
