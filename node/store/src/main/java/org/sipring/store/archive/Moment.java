package org.sipring.store.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.sipring.api.Store;

/** Documents that were in memory at one moment, to be told later. Immutable. */
public final class Moment {
    private record Collection(String name, List<Store.Document> documents) {}

    private final List<Collection> collections = new ArrayList<>();

    /**
     * What is there now. Nobody may change it meanwhile.
     *
     * @param documents by collection and key, in their order
     */
    public Moment(NavigableMap<String, ? extends Map<String, Store.Document>> documents) {
        documents.forEach((name, all) -> collections.add(new Collection(name, List.copyOf(all.values()))));
    }

    /**
     * Tells them.
     *
     * @param teller hears of each
     * @throws IOException what the teller throws
     */
    public void tell(WholeStore.Teller teller) throws IOException {
        for (Collection collection : collections) {
            for (Store.Document document : collection.documents()) {
                teller.tell(collection.name(), document);
            }
        }
    }
}
