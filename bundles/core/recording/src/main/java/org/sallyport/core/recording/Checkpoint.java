package org.sallyport.core.recording;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.sallyport.kernel.session.DataEnd;

/**
 * What a whole read of a journal up to some record gives, so that only what is behind it has to be read. Made only of bytes that the disk
 * has confirmed. Not needed: without one the journal is read from its beginning.
 *
 * @param head digest after the journal's first record: says whose checkpoint it is
 * @param tip what was read
 * @param lives how often the journal was opened
 * @param boot what the machine called its life at the last opening
 */
record Checkpoint(Chain head, Tip tip, int lives, String boot, EndIndex client, EndIndex node) {
    /** Most bytes of one; more is not written. */
    static final int MAX_BYTES = 8 * 1024 * 1024;

    private static final long MAGIC =
            ByteBuffer.wrap("SPCHECK1".getBytes(StandardCharsets.US_ASCII)).getLong();
    private static final int MAX_BOOT = 64;

    EndIndex of(DataEnd end) {
        return end == DataEnd.CLIENT ? client : node;
    }

    ByteBuffer encode() {
        byte[] name = boot.getBytes(StandardCharsets.US_ASCII);
        int size = 2 * Chain.BYTES
                + 4 * Long.BYTES
                + 2 * Integer.BYTES
                + name.length
                + size(client)
                + size(node)
                + Long.BYTES;
        ByteBuffer out = ByteBuffer.allocate(size).putLong(MAGIC);
        head.write(out);
        tip.chain().write(out);
        out.putLong(tip.length()).putLong(tip.records()).putLong(tip.messages()).putInt(lives);
        out.putInt(name.length).put(name);
        write(out, client);
        write(out, node);
        out.putLong(crc(out.duplicate().flip()));
        return out.flip();
    }

    /** Empty when it is none, or is damaged. */
    static Optional<Checkpoint> decode(ByteBuffer bytes) {
        if (bytes.remaining() < 2 * Long.BYTES || bytes.getLong(bytes.position()) != MAGIC) {
            return Optional.empty();
        }
        ByteBuffer in = bytes.slice(0, bytes.remaining() - Long.BYTES);
        if (bytes.getLong(in.limit()) != crc(in.duplicate())) {
            return Optional.empty();
        }
        try {
            in.getLong();
            Chain head = Chain.read(in);
            Chain chain = Chain.read(in);
            Tip tip = new Tip(in.getLong(), chain, in.getLong(), in.getLong());
            int lives = in.getInt();
            byte[] name = new byte[Math.min(in.getInt(), MAX_BOOT)];
            in.get(name);
            String boot = new String(name, StandardCharsets.US_ASCII);
            return Optional.of(new Checkpoint(head, tip, lives, boot, end(in), end(in)));
        } catch (RuntimeException e) {
            return Optional.empty(); // the checksum was right, so another version wrote it
        }
    }

    private static int size(EndIndex end) {
        return 3 * Integer.BYTES
                + 2 * Long.BYTES * (end.written.ranges() + end.acknowledged.ranges() + end.offsets.size());
    }

    private static void write(ByteBuffer out, EndIndex end) {
        write(out, end.written);
        write(out, end.acknowledged);
        out.putInt(end.offsets.size());
        end.offsets.forEach((sequence, offset) -> out.putLong(sequence).putLong(offset));
    }

    private static void write(ByteBuffer out, RangeSet set) {
        out.putInt(set.ranges());
        set.forEach((first, last) -> out.putLong(first).putLong(last));
    }

    private static EndIndex end(ByteBuffer in) {
        RangeSet written = set(in);
        RangeSet acknowledged = set(in);
        NavigableMap<Long, Long> offsets = new TreeMap<>();
        for (int left = in.getInt(); left > 0; left--) {
            offsets.put(in.getLong(), in.getLong());
        }
        return new EndIndex(written, acknowledged, offsets);
    }

    private static RangeSet set(ByteBuffer in) {
        RangeSet set = new RangeSet();
        for (int left = in.getInt(); left > 0; left--) {
            set.add(in.getLong(), in.getLong());
        }
        return set;
    }

    private static long crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }
}
