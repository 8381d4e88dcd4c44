/**
 * What a zone is made of, how an update changes it, and the port to the primary name server that holds it. Values and
 * pure rules; knows neither sockets nor nodes.
 */
@NullMarked
package org.sipring.dns.zone;

import org.jspecify.annotations.NullMarked;
