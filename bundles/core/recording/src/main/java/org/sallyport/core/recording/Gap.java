package org.sallyport.core.recording;

import java.time.Instant;
import org.sallyport.protocol.json.JsonText;

/** A time in which the journal could not be written. Guarded by its journal's lock. */
final class Gap {
    private final long from;
    private final String why;
    private long messages;
    private long nextTry;

    Gap(long from, String why) {
        this.from = from;
        this.why = why;
    }

    /** Messages went by without being written. */
    void pass(int count) {
        messages += count;
    }

    void tryAgainAt(long millis) {
        nextTry = millis;
    }

    boolean due(long now) {
        return now >= nextTry;
    }

    NewRecord record(long now) {
        return NewRecord.note(
                RecordType.GAP,
                now,
                JsonText.bytes(JsonText.object()
                        .put("from", Instant.ofEpochMilli(from).toString())
                        .put("until", Instant.ofEpochMilli(now).toString())
                        .put("why", why)
                        .put("messages", messages)));
    }
}
