/** What phones see who connect by TLS: certificates, chosen by the name that they ask for, and how TLS is spoken. */
@NullMarked
package org.sipring.sip.tls;

import org.jspecify.annotations.NullMarked;
