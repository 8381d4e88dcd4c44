package org.sipring.bench;

/**
 * What servers a load needs. Loads of equal setups share them.
 *
 * @param nodes how many nodes of Sipring; Kamailio stands beside a single one only
 * @param tcp whether over TCP: what one transport has registered must not be called over the other
 * @param digest whether they ask for digest authentication
 */
record ServerSetup(int nodes, boolean tcp, boolean digest) {}
