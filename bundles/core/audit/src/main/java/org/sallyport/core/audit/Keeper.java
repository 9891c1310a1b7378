package org.sallyport.core.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.store.Records;
import org.sallyport.protocol.audit.LineKind;
import org.sallyport.protocol.audit.MalformedLineException;
import org.sallyport.protocol.audit.TrailHead;
import org.sallyport.protocol.audit.TrailLine;
import org.sallyport.protocol.audit.TrailLines;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * On a thread of its own: each second it writes into the store how far the trail reaches, so that a trail that was cut is found, and each hour it removes
 * files that are too old.
 */
final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RETIRE_EACH_SECONDS = 3_600;

    private final TrailWriter writer;
    private final Supplier<Optional<Records>> store;
    private final IntSupplier keepDays;
    private final String key;
    private final Clock clock;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "sallyport-audit-keep-1"));
    private long revision = -1;
    private boolean failing;

    /** @param key where the store keeps the head */
    Keeper(TrailWriter writer, Supplier<Optional<Records>> store, IntSupplier keepDays, String key, Clock clock) {
        this.writer = writer;
        this.store = store;
        this.keepDays = keepDays;
        this.key = key;
        this.clock = clock;
    }

    void start() {
        timer.scheduleWithFixedDelay(this::anchor, 200, 1_000, TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(this::retire, 30, RETIRE_EACH_SECONDS, TimeUnit.SECONDS);
    }

    /** The answer ends it. What the work throws ends it too, and is logged. */
    Runnable eachSecond(Runnable work) {
        ScheduledFuture<?> scheduled = timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        LOG.error("Watching for the audit trail failed", e);
                        throw e;
                    }
                },
                1_000,
                1_000,
                TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }

    /** Writes the anchor once more. Called after the last record. */
    void stop() throws InterruptedException {
        timer.shutdown();
        timer.awaitTermination(5, TimeUnit.SECONDS);
        anchor();
    }

    /** Compares what the store remembers with the trail, once, and writes the new head. */
    synchronized void anchor() {
        TrailHead head = writer.head();
        Optional<Records> records = store.get();
        if (head.sequence() == 0
                || records.isEmpty()
                || revision >= 0 && writer.meters().anchored.get() == head.sequence()) {
            return;
        }
        try {
            if (revision < 0) {
                Optional<Records.Entry> before = records.get().get(key);
                Optional<TrailHead> anchored =
                        before.flatMap(e -> TrailHead.parse(new String(e.value(), StandardCharsets.US_ASCII)));
                if (anchored.isPresent()) {
                    compare(anchored.get());
                }
                revision = before.map(Records.Entry::revision).orElse(Records.ABSENT);
            }
            Optional<Long> written =
                    records.get().put(key, head.toString().getBytes(StandardCharsets.US_ASCII), revision);
            revision = written.orElse(-1L);
            writer.meters().anchored.set(head.sequence());
            failing = false;
        } catch (SallyportException | IOException e) {
            warn("The head of the audit trail is not in the store: {}", e);
        } catch (IllegalStateException e) {
            warn("The store went away: {}", e);
        }
    }

    private void compare(TrailHead anchored) throws IOException {
        Optional<TrailHead> there = find(anchored.sequence());
        if (there.isEmpty()) {
            writer.damaged("it reached record %d once, which is missing".formatted(anchored.sequence()));
        } else if (!there.get().equals(anchored)) {
            writer.damaged("record %d is another one than it was".formatted(anchored.sequence()));
        }
    }

    private Optional<TrailHead> find(long sequence) throws IOException {
        Path holder = null;
        for (Path file : writer.segments().all().values()) {
            if (begin(file).filter(line -> line.sequence() <= sequence).isPresent()) {
                holder = file;
            }
        }
        if (holder == null) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(holder)) {
            TrailLines lines = new TrailLines(in, 0);
            for (Optional<TrailLines.Raw> next = lines.next(); next.isPresent(); next = lines.next()) {
                TrailLine line = TrailLine.read(next.get().bytes());
                if (line.sequence() == sequence) {
                    return Optional.of(TrailHead.of(line));
                }
            }
        } catch (MalformedLineException e) {
            LOG.debug("A line of {} cannot be read", holder, e);
        }
        return Optional.empty();
    }

    /** The first line of a file; empty when it has none that is right. */
    private static Optional<TrailLine> begin(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Optional<TrailLines.Raw> first = new TrailLines(in, 0).next();
            return first.isEmpty()
                    ? Optional.empty()
                    : Optional.of(TrailLine.read(first.get().bytes()));
        } catch (MalformedLineException e) {
            return Optional.empty();
        }
    }

    /** Removes the oldest files as long as they are too old. The trail says so before. */
    synchronized void retire() {
        int days = keepDays.getAsInt();
        if (days == 0) {
            return;
        }
        Instant oldest = clock.instant().minus(Duration.ofDays(days));
        try {
            SortedMap<Long, Path> all = writer.segments().all();
            while (all.size() > 1) {
                long number = all.firstKey();
                all.remove(number);
                Optional<TrailLine> next = begin(all.get(all.firstKey()));
                if (next.isEmpty() || !begun(next.get()).isBefore(oldest)) {
                    return;
                }
                Map<String, Object> retired = new LinkedHashMap<>();
                retired.put("segment", number);
                retired.put("lastSequence", next.get().sequence() - 1);
                retired.put("lastHash", next.get().previous());
                writer.write(new Draft(LineKind.RETIRED, EventJson.json(retired)));
                writer.segments().remove(number);
                LOG.info(
                        "Audit trail: {} was removed, it is older than {} days",
                        writer.segments().file(number),
                        days);
            }
        } catch (IOException e) {
            warn("Old files of the audit trail were not removed: {}", e);
        }
    }

    /** When a file was begun, which is when the one before it was ended. */
    private static Instant begun(TrailLine line) {
        try {
            JsonNode header = JSON.readTree(line.record());
            return Instant.parse(header.path("begun").asText());
        } catch (IOException | DateTimeParseException e) {
            return Instant.MAX;
        }
    }

    private void warn(String message, Exception e) {
        if (!failing) {
            LOG.warn(message, e.getMessage());
        }
        failing = true;
    }
}
