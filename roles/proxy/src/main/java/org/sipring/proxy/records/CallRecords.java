package org.sipring.proxy.records;

/** Where records of calls go. Callable from any thread. */
@FunctionalInterface
public interface CallRecords {
    /** Keeps none. */
    CallRecords NONE = record -> {};

    /**
     * Takes a record, or a later state of one. Never waits and never fails: what it cannot keep it counts.
     *
     * @param record immutable
     */
    void take(CallRecord record);
}
