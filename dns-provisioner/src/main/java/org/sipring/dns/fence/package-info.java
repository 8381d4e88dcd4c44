/**
 * Who may write the zone: the TXT record that every update requires as last read and replaces. Pure, apart from the
 * file that remembers how far it had come.
 */
@NullMarked
package org.sipring.dns.fence;

import org.jspecify.annotations.NullMarked;
