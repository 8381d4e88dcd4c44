package org.sipring.bench;

/**
 * What servers a load needs. Loads of equal surroundings share them.
 *
 * @param nodes how many nodes of Sipring; Kamailio stands beside a single one only
 * @param tcp whether over TCP: what one transport has registered must not be called over the other
 * @param digest whether they ask for digest authentication
 */
record Surroundings(int nodes, boolean tcp, boolean digest) {}
