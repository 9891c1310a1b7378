package org.sallyport.core.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.sallyport.api.audit.AuditEvent;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.protocol.audit.LineKind;
import org.sallyport.protocol.audit.TrailHead;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trail with what writes it, put together, and what is told in it when it was opened. */
final class TrailWriter implements Committer.Duties {
    private static final Logger LOG = LoggerFactory.getLogger(TrailWriter.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Segments segments;
    private final Trail trail;
    private final Committer committer;
    private final Notes notes = new Notes();
    private final TrailMeters meters = new TrailMeters();
    private final Losses losses = new Losses(meters);
    private final StrangerLimit strangers = new StrangerLimit();
    private final Recorder recorder;
    private final Clock clock;

    TrailWriter(Path folder, LongSupplier segmentBytes, Supplier<Optional<ServerAddress>> address, Clock clock) {
        this.clock = clock;
        segments = new Segments(folder);
        trail = new Trail(segments, segmentBytes, clock);
        committer = new Committer(trail, this);
        recorder = new Recorder(committer, notes, losses, strangers, meters, address, clock);
    }

    void start() {
        committer.start();
    }

    /** What waits is on the disk when this returns. */
    void stop() throws InterruptedException {
        committer.stop();
    }

    Recorder recorder() {
        return recorder;
    }

    Segments segments() {
        return segments;
    }

    TrailMeters meters() {
        return meters;
    }

    TrailHead head() {
        return trail.head();
    }

    int waiting() {
        return committer.waiting();
    }

    boolean troubled() {
        return committer.troubled();
    }

    /** Writes a line that is no event. */
    void write(Draft draft) throws IOException {
        committer.write(draft, Recorder.PATIENCE_MILLIS);
    }

    /** Tells in log, metrics and trail that the trail is not what was written. */
    void damaged(String what) {
        meters.damages.increment();
        LOG.error(
                "The audit trail in {} was changed or is damaged: {}. It goes on behind that. Look at it with: sallyport audit verify {}",
                segments.folder(),
                what,
                segments.folder());
        recorder.note(AuditEvent.ofServer("audit", "TrailDamaged", Map.of("found", what), Optional.empty()), List.of());
    }

    @Override
    public void open() throws IOException {
        Trail.Opened opened = trail.open();
        LOG.info(
                "Audit trail in {}, {} records", segments.folder(), trail.head().sequence());
        if (opened.torn() > 0) {
            LOG.info("{} bytes of an unfinished record were cut off the audit trail", opened.torn());
            recorder.note(
                    AuditEvent.ofServer(
                            "audit", "UnfinishedRecordCut", Map.of("bytes", opened.torn()), Optional.empty()),
                    List.of());
        }
        opened.damage().ifPresent(this::damaged);
        opened.unanswered().values().forEach(this::unanswered);
    }

    @Override
    public List<Draft> more() {
        strangers
                .leftOut(clock.instant())
                .ifPresent(left -> recorder.note(
                        AuditEvent.ofServer(
                                "audit",
                                "StrangersRefused",
                                Map.of(
                                        "count", left.count(),
                                        "from", left.from().toString(),
                                        "until", left.until().toString()),
                                Optional.empty()),
                        List.of()));
        List<Draft> waiting = new ArrayList<>(notes.take());
        losses.event().ifPresent(event -> waiting.add(recorder.draft(event)));
        return waiting;
    }

    @Override
    public void written(List<Draft> drafts) {
        notes.written();
        losses.written();
        meters.records.add(drafts.size());
    }

    /** The note is tried again each second, so it also finds out when the disk takes lines again. */
    @Override
    public void trouble(IOException e) {
        LOG.error(
                "The audit trail in {} cannot be written, so changes are refused: {}. Free space there, or look at its disk.",
                segments.folder(),
                e.toString());
        recorder.note(
                AuditEvent.ofServer("audit", "TrailUnwritable", Map.of("why", e.toString()), Optional.empty()),
                List.of());
    }

    /** What had begun when the server was killed: nobody knows what came of it. */
    private void unanswered(String begun) {
        try {
            ObjectNode event = (ObjectNode) JSON.readTree(begun);
            event.put("errorCode", "OutcomeUnknown");
            event.put("errorMessage", "The server was killed before it was answered; it may have been done.");
            notes.add(new Draft(LineKind.EVENT, event.toString()));
        } catch (JsonProcessingException | ClassCastException e) {
            LOG.warn("A record of the audit trail cannot be read: {}", e.getMessage());
        }
    }
}
