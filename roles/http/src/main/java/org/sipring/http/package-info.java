/** HTTP/1.1 for strangers: a small server that is hard to tire, with TLS and without. It knows nothing of the platform. */
@NullMarked
package org.sipring.http;

import org.jspecify.annotations.NullMarked;
