/**
 * Where a request to another domain goes: RFC 3263, with the order of RFC 2782. The rules are pure but for the questions
 * they ask through {@link org.sipring.sip.locate.Resolver}.
 */
@NullMarked
package org.sipring.sip.locate;

import org.jspecify.annotations.NullMarked;
