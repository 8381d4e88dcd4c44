package org.sipring.proxy.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One phone that may answer a request.
 *
 * @param flows the ways to it, at least one; one after the other, as each is found broken, RFC 5626 section 5.3
 */
record Callee(List<Target> flows) {
    /** Copies the flows. */
    Callee {
        flows = List.copyOf(flows);
    }

    static Callee of(Target target) {
        return new Callee(List.of(target));
    }

    /** One phone by all its flows, or nobody where there is none. */
    static List<List<Callee>> one(List<Target> flows) {
        return flows.isEmpty() ? List.of() : List.of(List.of(new Callee(flows)));
    }

    /** Each target a phone, each called when the one before has said no. */
    static List<List<Callee>> oneByOne(List<Target> targets) {
        return targets.stream().map(target -> List.of(of(target))).toList();
    }

    /**
     * Who is called when: the phones of one preference together, the next when all of these have said no. RFC 3261
     * section 16.6.
     *
     * @param contacts the preferred first
     */
    static List<List<Callee>> rounds(List<Locations.Registered> contacts) {
        // Most users have one.
        if (contacts.size() == 1) {
            return one(List.of(Target.of(contacts.get(0))));
        }
        Map<Double, List<Locations.Registered>> byPreference = new LinkedHashMap<>();
        contacts.forEach(contact -> byPreference
                .computeIfAbsent(contact.q(), q -> new ArrayList<>())
                .add(contact));
        return byPreference.values().stream().map(Callee::phones).toList();
    }

    private static List<Callee> phones(List<Locations.Registered> contacts) {
        Map<Object, List<Target>> byPhone = new LinkedHashMap<>();
        contacts.forEach(contact -> byPhone.computeIfAbsent(phone(contact), phone -> new ArrayList<>())
                .add(Target.of(contact)));
        return byPhone.values().stream().map(Callee::new).toList();
    }

    // Contacts that do not say which phone they are of are phones of their own.
    private static Object phone(Locations.Registered contact) {
        int instance = contact.edge().instance();
        return instance == 0 ? contact : instance;
    }
}
