package org.sipring.app.world;

import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimCluster;
import org.sipring.testkit.SimNetwork;
import org.sipring.testkit.SimTicker;
import org.sipring.testkit.SimTime;

/**
 * What a world stands on.
 *
 * @param time its time
 * @param chance what is left to chance; whoever needs much splits off a part
 * @param network between nodes, and between them and the name server
 * @param cluster the overlay
 * @param trace what happened
 * @param judge the rules
 * @param rules what keeps managers from harm
 */
record Ground(
        SimTime time, SimChance chance, SimNetwork network, SimCluster cluster, Trace trace, Judge judge, Rules rules) {
    static Ground of(long seed, Rules rules) {
        SimTime time = new SimTime();
        SimChance chance = new SimChance(seed);
        SimNetwork network = new SimNetwork(chance.split());
        SimCluster cluster = new SimCluster(time, network, chance.split());
        Trace trace = new Trace(time);
        return new Ground(time, chance, network, cluster, trace, new Judge(trace), rules);
    }

    /** The room of fate: what it does is no node's doing. */
    SimTicker fate() {
        return time.ticker();
    }
}
