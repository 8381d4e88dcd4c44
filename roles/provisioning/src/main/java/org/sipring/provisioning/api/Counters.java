package org.sipring.provisioning.api;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.sipring.api.Meter;

/** Counts requests, whom the API refused, and what imports wrote. Callable from any thread. */
final class Counters {
    private static final String NOWHERE = "none";
    private static final List<Integer> REFUSALS = List.of(401, 403, 413, 429);
    private static final List<ImportReport.Fate> WRITTEN =
            List.of(ImportReport.Fate.CREATED, ImportReport.Fate.UPDATED);

    private final Meter meter;
    private final Map<String, Runnable> requests = new ConcurrentHashMap<>();
    private final Map<Integer, Runnable> refused = new HashMap<>();
    private final Map<ImportReport.Fate, Runnable> imported = new EnumMap<>(ImportReport.Fate.class);

    Counters(Meter meter) {
        this.meter = meter;
        for (int status : REFUSALS) {
            refused.put(
                    status,
                    meter.counter(
                            "sipring_provisioning_refused_total",
                            "Requests whose sender proved nothing, may not, sent too much or comes too often.",
                            "status",
                            Integer.toString(status)));
        }
        for (ImportReport.Fate fate : WRITTEN) {
            imported.put(
                    fate,
                    meter.counter(
                            "sipring_provisioning_imported_total",
                            "Accounts that imports have written.",
                            "outcome",
                            fate.name().toLowerCase(Locale.ROOT)));
        }
    }

    /** A request was answered; empty where the API has no such route. */
    void answered(Optional<Route> route, int status) {
        String action = route.map(Route::action).orElse(NOWHERE);
        String of = status / 100 + "xx";
        requests.computeIfAbsent(action + ' ' + of, first -> requests(action, of))
                .run();
        refused.getOrDefault(status, () -> {}).run();
    }

    private Runnable requests(String action, String status) {
        return meter.counter(
                "sipring_provisioning_requests_total",
                "Requests to the API, by what they ask for and how they were answered.",
                "route",
                action,
                "status",
                status);
    }

    /** An import wrote an account. */
    void imported(ImportReport.Fate fate) {
        imported.getOrDefault(fate, () -> {}).run();
    }
}
