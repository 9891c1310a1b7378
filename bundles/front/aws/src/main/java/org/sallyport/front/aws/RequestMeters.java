package org.sallyport.front.aws;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.sallyport.api.metrics.Meters;

/** Requests by operation and status. Operations are those of the models, so their number is known; others are one. Any thread. */
final class RequestMeters {
    static final String UNKNOWN = "unknown";

    private record Kind(String operation, int status) {}

    private record Answered(LongAdder count, LongAdder nanos) {}

    private final Map<Kind, Answered> answered = new ConcurrentHashMap<>();

    void answered(String operation, int status, long nanos) {
        Answered counted = answered.computeIfAbsent(
                new Kind(operation, status), kind -> new Answered(new LongAdder(), new LongAdder()));
        counted.count().increment();
        counted.nanos().add(nanos);
    }

    void read(Meters meters) {
        answered.forEach((kind, counted) -> meters.timer(
                "sallyport_api_requests",
                "Requests at the API port, by operation and HTTP status",
                Map.of("operation", kind.operation(), "status", Integer.toString(kind.status())),
                counted.count().sum(),
                Duration.ofNanos(counted.nanos().sum())));
    }
}
