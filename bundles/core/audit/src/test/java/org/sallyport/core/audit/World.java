package org.sallyport.core.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.audit.Actor;
import org.sallyport.api.audit.AuditEvent;
import org.sallyport.api.audit.EventType;
import org.sallyport.api.audit.Origin;
import org.sallyport.api.audit.Subject;
import org.sallyport.api.audit.Weight;
import org.sallyport.protocol.audit.TrailHead;
import org.sallyport.protocol.audit.TrailVerification;

/** A trail in a folder, as the component has it. */
final class World implements AutoCloseable {
    static final Principal ALICE = new Principal(
            "123456789012", PrincipalType.USER, "AIDAALICE", "alice", "arn:aws:iam::123456789012:user/alice");
    static final Origin ORIGIN = new Origin("192.0.2.7", "aws-cli/1.45", "req-1");

    final TrailWriter writer;

    World(Path folder) {
        this(folder, 1 << 20);
    }

    World(Path folder, long segmentBytes) {
        writer = new TrailWriter(folder, () -> segmentBytes, Optional::empty, Clock.systemUTC());
        writer.start();
    }

    static AuditEvent event(String name, Map<String, Object> parameters) {
        return new AuditEvent(
                Optional.empty(),
                new Subject(EventType.API_CALL, "ssm.amazonaws.com", name),
                Weight.of(name),
                Actor.of(ALICE, "AKIAEXAMPLE"),
                ORIGIN,
                Optional.empty(),
                parameters,
                Map.of(),
                List.of());
    }

    void append(int count) {
        for (int i = 0; i < count; i++) {
            writer.recorder().append(event("StartSession", Map.of("Target", "mi-" + i)));
        }
    }

    static List<Path> files(Path folder) throws IOException {
        return new ArrayList<>(new Segments(folder).all().values());
    }

    /** Lines of all files. */
    static List<String> lines(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files(folder)) {
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }

    static TrailVerification.Verdict verify(Path folder) throws IOException {
        Segments segments = new Segments(folder);
        List<TrailHead> heads = segments.head().map(List::of).orElse(List.of());
        List<TrailVerification.Source> sources = new ArrayList<>();
        segments.all()
                .forEach((number, file) -> sources.add(new TrailVerification.Source(
                        file.getFileName().toString(), number, () -> Files.newInputStream(file))));
        return TrailVerification.verify(sources, heads);
    }

    @Override
    public void close() {
        try {
            writer.stop();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
