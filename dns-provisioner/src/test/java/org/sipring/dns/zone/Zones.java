package org.sipring.dns.zone;

import java.util.ArrayList;
import java.util.List;

/** A small zone for tests. */
final class Zones {
    static final String ORIGIN = "sipring.test.";
    static final RrSet SRV =
            set("_sip._tcp.sipring.test.", "SRV", "10 100 5060 n1.sipring.test.", "10 100 5060 n2.sipring.test.");
    static final RrSet N1 = set("n1.sipring.test.", "A", "127.0.0.11");
    static final RrSet N2 = set("n2.sipring.test.", "A", "127.0.0.12");
    static final RrSet N2_SIX = set("n2.sipring.test.", "AAAA", "2001:db8::12");

    private Zones() {}

    static ZoneData small() {
        List<RrSet> content = new ArrayList<>(ZoneData.fresh(ORIGIN, 7).sets().values());
        content.addAll(List.of(SRV, N1, N2, N2_SIX));
        return ZoneData.of(ORIGIN, content);
    }

    static RrSet set(String name, String type, String... data) {
        return RrSet.of(name, type, 30, List.of(data));
    }

    static Update change(Update.Change... changes) {
        return new Update(List.of(), List.of(changes));
    }

    static Update given(Update.Prerequisite... prerequisites) {
        return new Update(
                List.of(prerequisites), List.of(new Update.Add(set("new.sipring.test.", "TXT", "\"applied\""))));
    }

    static int serial(ZoneData zone) {
        return Soa.of(zone.soa()).serial();
    }
}
