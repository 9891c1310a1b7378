package org.sallyport.core.relay;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.sallyport.api.metrics.Meters;
import org.sallyport.kernel.session.DataEnd;

/** What the relay counts. Any thread. */
final class RelayMeters {
    private final Map<DataEnd, LongAdder> dropped = new EnumMap<>(DataEnd.class);

    RelayMeters() {
        for (DataEnd end : DataEnd.values()) {
            dropped.put(end, new LongAdder());
        }
    }

    void dropped(DataEnd from) {
        dropped.get(from).increment();
    }

    void read(Meters meters, int nodes, int sessions) {
        meters.gauge("sallyport_nodes_connected", "Nodes with an open control channel", Map.of(), nodes);
        meters.gauge(
                "sallyport_sessions_active", "Sessions with an end attached or output on its way", Map.of(), sessions);
        dropped.forEach((end, count) -> meters.counter(
                "sallyport_relay_dropped",
                "Messages dropped because too much waited; their sender repeats them",
                Map.of("from", end.name().toLowerCase(Locale.ROOT)),
                count.sum()));
    }
}
