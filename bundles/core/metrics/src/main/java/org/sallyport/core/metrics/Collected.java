package org.sallyport.core.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sallyport.api.metrics.Meters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The readings of one look at all sources. One thread. */
final class Collected implements Meters {
    private static final Logger LOG = LoggerFactory.getLogger(Collected.class);
    private static final int MAX_NAMES = 200;
    private static final double NANOS = 1e9;

    private enum Kind {
        COUNTER,
        GAUGE,
        TIMER
    }

    private record Family(Kind kind, MetricMetadata metadata, Map<Labels, DataPointSnapshot> points) {}

    private final Map<String, Family> families = new TreeMap<>();

    @Override
    public void counter(String name, String help, Map<String, String> labels, double total) {
        add(Kind.COUNTER, name, help, labels, l -> new CounterDataPointSnapshot(Math.max(0, total), l, null, 0));
    }

    @Override
    public void gauge(String name, String help, Map<String, String> labels, double value) {
        add(Kind.GAUGE, name, help, labels, l -> new GaugeDataPointSnapshot(value, l, null));
    }

    @Override
    public void timer(String name, String help, Map<String, String> labels, long count, Duration total) {
        add(Kind.TIMER, name + "_seconds", help, labels, l -> SummaryDataPointSnapshot.builder()
                .count(count)
                .sum(total.toNanos() / NANOS)
                .labels(l)
                .build());
    }

    MetricSnapshots snapshots() {
        return new MetricSnapshots(
                families.values().stream().map(Collected::snapshot).toList());
    }

    private void add(
            Kind kind,
            String name,
            String help,
            Map<String, String> labels,
            Function<Labels, DataPointSnapshot> point) {
        if (families.size() >= MAX_NAMES && !families.containsKey(name)) {
            LOG.warn("Measurement {} is left out: there are {} already", name, MAX_NAMES);
            return;
        }
        Family family = families.computeIfAbsent(
                name, n -> new Family(kind, new MetricMetadata(n, help), new LinkedHashMap<>()));
        Labels sorted = labels(labels);
        if (family.kind() != kind) {
            LOG.warn("Measurement {} is a {} and a {}; the latter is left out", name, family.kind(), kind);
        } else if (family.points().size() >= MAX_SERIES) {
            LOG.warn("Measurement {} has more than {} series; the rest is left out", name, MAX_SERIES);
        } else if (family.points().putIfAbsent(sorted, point.apply(sorted)) != null) {
            LOG.warn("Measurement {} {} comes twice; the second is left out", name, labels);
        }
    }

    private static Labels labels(Map<String, String> labels) {
        Map<String, String> sorted = new TreeMap<>(labels);
        return Labels.of(sorted.keySet().toArray(String[]::new), sorted.values().toArray(String[]::new));
    }

    private static MetricSnapshot snapshot(Family family) {
        Stream<DataPointSnapshot> points = family.points().values().stream();
        return switch (family.kind()) {
            case COUNTER ->
                new CounterSnapshot(
                        family.metadata(),
                        points.map(CounterDataPointSnapshot.class::cast).toList());
            case GAUGE ->
                new GaugeSnapshot(
                        family.metadata(),
                        points.map(GaugeDataPointSnapshot.class::cast).toList());
            case TIMER ->
                new SummarySnapshot(
                        family.metadata(),
                        points.map(SummaryDataPointSnapshot.class::cast).toList());
        };
    }
}
