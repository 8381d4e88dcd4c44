package org.sipring.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How soon each node hears of changes that the leader's node makes. */
final class StoreHearing {
    private static final int REPLICAS = 3;
    private static final int CROWD = 16;
    private static final int ALONE_MILLIS = 300;

    private final StoreGroup group;
    private final int seconds;
    private final StoreChild leader;

    StoreHearing(StoreGroup group, int seconds) throws IOException, InterruptedException {
        this.group = group;
        this.seconds = seconds;
        leader = group.leader(REPLICAS);
    }

    /** One at a time: no later change tells a follower sooner that this one is in force. */
    List<StoreFindings.Heard> alone() throws IOException {
        return heard("alone", leader.ask("change alone " + 3 * seconds + ' ' + ALONE_MILLIS));
    }

    List<StoreFindings.Heard> inTurns() throws IOException {
        return heard("turns", leader.ask("change turns " + seconds + " 0"));
    }

    /** While another node writes as much as it can. */
    List<StoreFindings.Heard> inTheCrowd() throws IOException {
        StoreChild other = group.nodes().stream()
                .filter(node -> !node.equals(leader))
                .findFirst()
                .orElseThrow();
        other.tell(new StorePlan.Load(CROWD, 1).order(seconds));
        String count = leader.ask("change crowd " + seconds + " 0");
        other.answer();
        return heard("crowd", count);
    }

    private List<StoreFindings.Heard> heard(String round, String count) throws IOException {
        List<StoreFindings.Heard> all = new ArrayList<>();
        for (StoreChild node : group.nodes()) {
            Spread asked = Spread.read(node.ask("heard " + round + " " + count));
            Spread acknowledged = Spread.read(node.ask("afterwards " + round + " " + count));
            all.add(new StoreFindings.Heard(round, what(node), asked, acknowledged));
        }
        return all;
    }

    private String what(StoreChild node) {
        int place = group.nodes().indexOf(node);
        return node.equals(leader) ? "leads" : place < REPLICAS ? "keeps a replica" : "keeps none";
    }
}
