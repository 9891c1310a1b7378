package org.sallyport.core.recording;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import org.sallyport.kernel.recording.Journals.Head;
import org.sallyport.protocol.json.JsonFields;
import org.sallyport.protocol.json.JsonText;
import org.sallyport.protocol.message.MalformedMessageException;

/** The records that hold JSON. */
final class Notes {
    private Notes() {}

    /**
     * @param life counts from 1
     * @param boot what the machine calls its life since it was switched on, empty where it does not say
     * @param cutBytes bytes of a record that was never reported as written, taken off the end
     * @param powerCut whether the machine was switched off since, so that up to a second may be missing before this record
     */
    record Opened(int life, String boot, long cutBytes, boolean powerCut) {

        byte[] encode() {
            return JsonText.bytes(JsonText.object()
                    .put("life", life)
                    .put("boot", boot)
                    .put("cutBytes", cutBytes)
                    .put("powerCut", powerCut));
        }

        static Opened read(ByteBuffer payload) throws DamagedJournalException {
            try {
                JsonFields fields = fields(payload, "opened");
                return new Opened(
                        fields.number("life", 1, Integer.MAX_VALUE - 1),
                        fields.text("boot"),
                        fields.number("cutBytes"),
                        fields.flagOr("powerCut", false));
            } catch (MalformedMessageException e) {
                throw unreadable("opened", e);
            }
        }
    }

    /** @param digest of all records before this one */
    record Sealed(String cause, Instant endedAt, String digest, long messages) {

        byte[] encode() {
            return JsonText.bytes(JsonText.object()
                    .put("cause", cause)
                    .put("endedAt", endedAt.toString())
                    .put("digest", digest)
                    .put("messages", messages));
        }

        static Sealed read(ByteBuffer payload) throws DamagedJournalException {
            try {
                JsonFields fields = fields(payload, "sealed");
                return new Sealed(
                        fields.text("cause"),
                        Instant.parse(fields.text("endedAt")),
                        fields.text("digest"),
                        fields.number("messages"));
            } catch (MalformedMessageException | DateTimeException e) {
                throw unreadable("sealed", e);
            }
        }
    }

    /** @param boot see {@link Opened} */
    static byte[] head(Head head, String boot) {
        ObjectNode json = JsonText.object()
                .put("sessionId", head.sessionId())
                .put("nodeId", head.nodeId())
                .put("ownerId", head.ownerId())
                .put("ownerArn", head.ownerArn())
                .put("documentName", head.documentName())
                .put("sessionType", head.sessionType())
                .put("startedAt", head.startedAt().toString())
                .put("failOpen", head.failOpen())
                .put("boot", boot);
        return JsonText.bytes(json);
    }

    static Head head(ByteBuffer payload) throws DamagedJournalException {
        try {
            JsonFields fields = fields(payload, "head");
            return new Head(
                    fields.text("sessionId"),
                    fields.text("nodeId"),
                    fields.text("ownerId"),
                    fields.text("ownerArn"),
                    fields.text("documentName"),
                    fields.text("sessionType"),
                    Instant.parse(fields.text("startedAt")),
                    fields.flagOr("failOpen", false));
        } catch (MalformedMessageException | DateTimeException e) {
            throw unreadable("head", e);
        }
    }

    /** What the machine called its life when that head was written. */
    static String boot(ByteBuffer head) throws DamagedJournalException {
        try {
            return fields(head, "head").textOr("boot", "");
        } catch (MalformedMessageException e) {
            throw unreadable("head", e);
        }
    }

    private static JsonFields fields(ByteBuffer payload, String what) throws MalformedMessageException {
        byte[] json = new byte[payload.remaining()];
        payload.duplicate().get(json);
        return JsonText.parse(json, what);
    }

    private static DamagedJournalException unreadable(String what, Exception e) {
        DamagedJournalException damaged =
                new DamagedJournalException("its %s record cannot be read: %s".formatted(what, e.getMessage()));
        damaged.initCause(e);
        return damaged;
    }
}
