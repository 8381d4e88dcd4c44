package org.sipring.proxy.edge;

/**
 * A phone and the flow to it.
 *
 * @param aor the address-of-record it acts for, such as {@code alice@sipring.test}; empty where nobody knows
 * @param instance tells the phone from others of the same address-of-record: a short hash of its
 *     {@code +sip.instance}, 0 where it has none
 * @param regId the flow's number among those of the instance, RFC 5626; 0 where it has none
 * @param flow who holds the flow, and which one it is
 */
public record Edge(String aor, int instance, int regId, FlowRef flow) {
    /**
     * The edge of somebody who just sent a message here.
     *
     * @param aor whom it acts for
     * @param flow the flow it came by
     * @return the edge
     */
    public static Edge here(String aor, FlowRef flow) {
        return new Edge(aor, 0, 0, flow);
    }

    /**
     * The same phone by another flow.
     *
     * @param other the flow
     * @return the edge
     */
    public Edge with(FlowRef other) {
        return new Edge(aor, instance, regId, other);
    }
}
