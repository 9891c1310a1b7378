package org.sallyport.test.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.sallyport.test.e2e.LiveSystem;

/** Each list of nodes and sessions, with each filter, on a server with 1,000 nodes and 10,000 sessions. */
final class ListTimes {
    private static final int REQUESTS = 40;
    private static final int WARM = 10;

    private ListTimes() {}

    static void measure(int repeat, Report report) throws Exception {
        Path data = LiveSystem.work("bench-lists");
        LiveSystem.start(data).close();
        Seed.run(Seed.plan(List.of("--data", data.resolve("server").toString())));
        try (LiveSystem live = LiveSystem.start(data);
                Lists lists = new Lists(live)) {
            for (Map.Entry<String, Lists.Request> request : lists.requests().entrySet()) {
                Samples times = new Samples();
                int items = 0;
                for (int i = 0; i < WARM + REQUESTS * repeat; i++) {
                    long began = System.nanoTime();
                    items = request.getValue().items();
                    if (i >= WARM) {
                        times.nanosAsMillis(System.nanoTime() - began);
                    }
                }
                report.add(Row.alone(
                        request.getKey(),
                        "ms p50",
                        times.median(),
                        "",
                        "p95 %.1f, longest %.1f, %d items"
                                .formatted(times.percentile(0.95), times.percentile(1), items)));
            }
        }
    }
}
