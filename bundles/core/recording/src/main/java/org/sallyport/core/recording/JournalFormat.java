package org.sallyport.core.recording;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.sallyport.kernel.session.DataEnd;

/** Bytes of a journal, version 1; {@code docs/journal-format.md} says the same to people. Integers are big-endian. */
final class JournalFormat {
    static final int VERSION = 1;
    static final int FILE_HEADER = 16;
    static final int RECORD_HEADER = 28;

    /** Most bytes that a record holds: what the channels take for one message. */
    static final int MAX_PAYLOAD = 1024 * 1024;

    static final int MAX_RECORD = RECORD_HEADER + MAX_PAYLOAD;

    private static final byte[] MAGIC = "SPJOURNL".getBytes(StandardCharsets.US_ASCII);
    private static final int CRC = 4;
    private static final int LINK = 8;
    private static final int TIME = 16;
    private static final int TYPE = 24;
    private static final int END = 25;
    private static final int ZERO = 26;

    private JournalFormat() {}

    static ByteBuffer fileHeader() {
        return ByteBuffer.allocate(FILE_HEADER)
                .put(MAGIC)
                .putInt(VERSION)
                .putInt(0)
                .flip();
    }

    /** The header of a record that follows {@code before}. */
    static ByteBuffer recordHeader(NewRecord record, Chain before) {
        ByteBuffer header = ByteBuffer.allocate(RECORD_HEADER);
        header.putInt(0, RECORD_HEADER + record.payload().remaining());
        header.putLong(LINK, before.link());
        header.putLong(TIME, record.time());
        header.put(TYPE, record.type().code());
        header.put(END, end(record.from()));
        header.putInt(CRC, crc(header, record.payload()));
        return header;
    }

    /** Whether the length of a record can be right; asked before anything is allocated. */
    static boolean plausible(int length) {
        return length >= RECORD_HEADER && length <= MAX_RECORD;
    }

    /** What is wrong with the record that is the whole of the buffer, empty for nothing. The link is not looked at. */
    static Optional<String> fault(ByteBuffer record) {
        ByteBuffer header = record.slice(record.position(), RECORD_HEADER);
        ByteBuffer payload = record.slice(record.position() + RECORD_HEADER, record.remaining() - RECORD_HEADER);
        Optional<RecordType> type = RecordType.of(header.get(TYPE));
        boolean ofAnEnd = type.filter(t -> t == RecordType.MESSAGE || t == RecordType.ACKNOWLEDGED)
                .isPresent();
        byte end = header.get(END);
        if (type.isEmpty() || header.getShort(ZERO) != 0 || (ofAnEnd ? end != 1 && end != 2 : end != 0)) {
            return Optional.of("it is of no kind that version " + VERSION + " knows");
        }
        if (header.getInt(CRC) != crc(header, payload)) {
            return Optional.of("its checksum is wrong");
        }
        return Optional.empty();
    }

    static long link(ByteBuffer record) {
        return record.getLong(record.position() + LINK);
    }

    /** The record that is the whole of the buffer and has no fault. */
    static JournalRecord record(ByteBuffer record, long number, long offset) {
        int at = record.position();
        byte end = record.get(at + END);
        return new JournalRecord(
                number,
                offset,
                RecordType.of(record.get(at + TYPE)).orElseThrow(),
                end == 0 ? Optional.empty() : Optional.of(end == 1 ? DataEnd.CLIENT : DataEnd.NODE),
                record.getLong(at + TIME),
                record.slice(at + RECORD_HEADER, record.remaining() - RECORD_HEADER),
                record.remaining());
    }

    private static byte end(Optional<DataEnd> from) {
        return from.map(end -> (byte) (end == DataEnd.CLIENT ? 1 : 2)).orElse((byte) 0);
    }

    /** CRC32C over the record without the checksum itself. */
    private static int crc(ByteBuffer header, ByteBuffer payload) {
        CRC32C crc = new CRC32C();
        crc.update(header.slice(0, CRC));
        crc.update(header.slice(LINK, RECORD_HEADER - LINK));
        crc.update(payload.duplicate());
        return (int) crc.getValue();
    }
}
