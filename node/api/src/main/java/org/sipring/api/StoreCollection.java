package org.sipring.api;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The collections of the {@link Store}: what is in each, whether disks show it, and what becomes of it in a backup. */
public enum StoreCollection {
    /** Accounts: their digest hashes are as good as passwords. */
    ACCOUNTS("accounts", Form.SEALED, Archived.REPLACED),
    /** Whose an address is that leads to an account. */
    ALIASES("aliases", Form.PLAIN, Archived.REPLACED),
    /** Hosted domains. */
    DOMAINS("domains", Form.PLAIN, Archived.REPLACED),
    /** Bearer tokens of the provisioning API. */
    TOKENS("tokens", Form.SEALED, Archived.REPLACED),
    /** Who changed what: what happened here stays. */
    AUDIT("audit", Form.PLAIN, Archived.ADDED),
    /** That the platform has got the accounts of a file, once: that remains so. */
    FIRST_ACCOUNTS("first-accounts", Form.PLAIN, Archived.ADDED),
    /** The key that signs updates of DNS. A copy of the platform elsewhere must not write the same zone. */
    DNS_KEYS("dns-keys", Form.SEALED, Archived.NEVER),
    /**
     * Envelopes with the platform's own keys, for certificates of its nodes: of no use to another platform, nor to this one
     * once they are old.
     */
    PLATFORM_KEYS("platform-keys", Form.PLAIN, Archived.NEVER),
    /** Who keeps this very store, and which of them is to be replaced: an order would be carried out once more. */
    STORE_GROUP("store-group", Form.PLAIN, Archived.NEVER);

    private final String id;
    private final Form form;
    private final Archived archived;

    /** How its documents get to a log or a disk. */
    private enum Form {
        /** Under the platform's key. */
        SEALED,
        /** As they are. */
        PLAIN
    }

    /** What an archive does to a collection. */
    public enum Archived {
        /** It is in archives, and afterwards as an archive says. */
        REPLACED,
        /** It is in archives, and added from one, never removed or changed. */
        ADDED,
        /** It neither goes into an archive nor comes out of one. */
        NEVER
    }

    StoreCollection(String id, Form form, Archived archived) {
        this.id = id;
        this.form = form;
        this.archived = archived;
    }

    /**
     * What the store calls it.
     *
     * @return its name there
     */
    public String id() {
        return id;
    }

    /**
     * What is sealed before it gets to a log or a disk.
     *
     * @return the names of those collections
     */
    public static Set<String> sealed() {
        return Arrays.stream(values())
                .filter(collection -> collection.form == Form.SEALED)
                .map(StoreCollection::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What an archive does to a collection.
     *
     * @param id its name
     * @return that of a collection that this release does not know is {@link Archived#REPLACED}
     */
    public static Archived archived(String id) {
        Optional<StoreCollection> known = Arrays.stream(values())
                .filter(collection -> collection.id.equals(id))
                .findFirst();
        return known.map(collection -> collection.archived).orElse(Archived.REPLACED);
    }
}
