/** What protects the platform from those who send too much, and from those who guess passwords. */
@NullMarked
package org.sipring.proxy.defence;

import org.jspecify.annotations.NullMarked;
