package org.sallyport.core.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.PayloadType;

/**
 * What a journal holds, read with the reader that the server has.
 *
 * @param state as {@link Verification} says
 * @param lives how often the journal was opened
 * @param messages by end and number, whole
 * @param doubled numbers that stand in it twice
 */
public record JournalContent(String state, int lives, Map<DataEnd, TreeMap<Long, AgentMessage>> messages, int doubled) {

    /** Reads a journal whole. */
    public static JournalContent read(Path journal) throws IOException {
        Verification.Verdict verdict = Verification.verify(journal);
        Map<DataEnd, TreeMap<Long, AgentMessage>> messages =
                Map.of(DataEnd.CLIENT, new TreeMap<>(), DataEnd.NODE, new TreeMap<>());
        int lives = 0;
        int doubled = 0;
        try (JournalReader reader = JournalReader.open(journal)) {
            for (Optional<JournalRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                JournalRecord record = next.get();
                if (record.type() == RecordType.OPENED) {
                    lives++;
                } else if (record.type() == RecordType.MESSAGE) {
                    AgentMessage message = AgentMessage.decode(record.payload(), true);
                    boolean known =
                            messages.get(record.from().orElseThrow()).put(message.sequenceNumber(), message) != null;
                    doubled += known ? 1 : 0;
                }
            }
        } catch (MalformedMessageException e) {
            throw new IOException(journal + " holds what is no message", e);
        }
        return new JournalContent(verdict.state().name(), lives, messages, doubled);
    }

    /** Whether no number is missing from 0 to the highest. */
    public boolean whole(DataEnd from) {
        TreeMap<Long, AgentMessage> all = messages.get(from);
        return !all.isEmpty() && all.firstKey() == 0 && all.lastKey() == all.size() - 1;
    }

    /** The bytes of the terminal that an end sent, in order. */
    public byte[] bytes(DataEnd from) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        messages.get(from).values().stream()
                .filter(message -> message.payloadType() == PayloadType.OUTPUT)
                .forEach(message -> bytes.writeBytes(message.payload()));
        return bytes.toByteArray();
    }
}
