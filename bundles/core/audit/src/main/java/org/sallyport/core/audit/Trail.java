package org.sallyport.core.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.sallyport.protocol.audit.LineKind;
import org.sallyport.protocol.audit.TrailCheck;
import org.sallyport.protocol.audit.TrailHead;
import org.sallyport.protocol.audit.TrailLine;

/**
 * The chain on the disk. One thread writes; {@link #head} may be asked from any. After a failed write the file is read again before the next one, since
 * nobody knows what the disk has.
 */
final class Trail {
    /** What was found when the trail was opened and is to be told in it. */
    record Opened(long torn, Map<String, String> unanswered, Optional<String> damage) {}

    private final Segments segments;
    private final LongSupplier mostBytes;
    private final Clock clock;
    private FileChannel channel;
    private FileChannel headFile;
    private long number;
    private long length;
    private String id = "";
    private boolean stale;
    private volatile TrailHead head = TrailHead.NONE;

    /** @param mostBytes after which a file is sealed and the next one begins */
    Trail(Segments segments, LongSupplier mostBytes, Clock clock) {
        this.segments = segments;
        this.mostBytes = mostBytes;
        this.clock = clock;
    }

    /** Goes on with the trail in the folder. A damaged file is left as it is, and the trail goes on in the next one. */
    Opened open() throws IOException {
        segments.makeFolder();
        Optional<TrailHead> known = segments.head();
        SortedMap<Long, Path> all = segments.all();
        closeHead();
        headFile = segments.openHead();
        long begunOnly = 0;
        while (!all.isEmpty()) {
            number = all.lastKey();
            Found found = Found.read(segments.file(number), known, begunBefore(all));
            if (found.torn() == Files.size(segments.file(number))) {
                // killed while the file was begun: it holds no line that anybody was told of
                begunOnly = found.torn();
                segments.remove(number);
                all.remove(number--);
            } else {
                return goOn(found, known, begunOnly);
            }
        }
        head = known.orElse(TrailHead.NONE);
        id = UUID.randomUUID().toString();
        return new Opened(
                begunOnly,
                Map.of(),
                known.filter(h -> h.sequence() > 0)
                        .map(h -> "all files with records 1 to %d are missing".formatted(h.sequence())));
    }

    /** A call may begin in one file and be answered in the next; a kill between the two leaves it in the one before the last. */
    private Map<String, String> begunBefore(SortedMap<Long, Path> all) throws IOException {
        Path before = all.get(number - 1);
        return before == null ? Map.of() : Found.read(before, Optional.empty()).unanswered();
    }

    private Opened goOn(Found found, Optional<TrailHead> known, long begunOnly) throws IOException {
        id = found.trail();
        head = found.last();
        if (found.damage().isPresent()) {
            head = known.filter(h -> h.sequence() > found.last().sequence()).orElse(found.last());
            segments.finish(number);
        } else if (!found.sealed()) {
            length = found.length();
            channel = segments.open(number);
            channel.truncate(length);
        }
        return new Opened(found.torn() + begunOnly, found.unanswered(), found.damage());
    }

    /** Where the trail ends. Any thread. */
    TrailHead head() {
        return head;
    }

    /** Number of the file that is written to. Only on the writing thread. */
    long number() {
        return number;
    }

    /**
     * Writes lines behind one another and waits for the disk.
     *
     * @throws IOException none of them is in the trail
     */
    void append(List<Draft> drafts) throws IOException {
        if (stale) {
            again();
        }
        try {
            if (channel != null && length >= mostBytes.getAsLong()) {
                write(List.of(new Draft(LineKind.SEALED, EventJson.json(Map.of("segment", number)))));
                close();
                segments.finish(number);
            }
            if (channel == null) {
                begin();
            }
            write(drafts);
        } catch (IOException e) {
            stale = true;
            throw e;
        }
    }

    /** What is written is on the disk already. */
    void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    /** Ends the use of the folder. */
    void stop() throws IOException {
        close();
        closeHead();
    }

    private void closeHead() throws IOException {
        if (headFile != null) {
            headFile.force(false);
            headFile.close();
            headFile = null;
        }
    }

    private void begin() throws IOException {
        long next = number + 1;
        channel = segments.create(next);
        number = next;
        length = 0;
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("format", TrailCheck.VERSION);
        header.put("segment", number);
        header.put("trail", id);
        header.put("begun", clock.instant().toString());
        write(List.of(new Draft(LineKind.SEGMENT, EventJson.json(header))));
    }

    private void write(List<Draft> drafts) throws IOException {
        List<byte[]> lines = new ArrayList<>(drafts.size());
        TrailHead after = head;
        int bytes = 0;
        for (Draft draft : drafts) {
            TrailLine line = TrailLine.of(after.sequence() + 1, after.hash(), draft.kind(), draft.json());
            after = TrailHead.of(line);
            byte[] written = line.bytes();
            lines.add(written);
            bytes += written.length + 1;
        }
        ByteBuffer all = ByteBuffer.allocate(bytes);
        lines.forEach(line -> all.put(line).put((byte) '\n'));
        all.flip();
        for (long at = length; all.hasRemaining(); ) {
            at += channel.write(all, at);
        }
        channel.force(false);
        length += bytes;
        head = after;
        noteHead();
    }

    /** Not forced: after a power cut it may say too little, never too much. */
    private void noteHead() throws IOException {
        ByteBuffer text = ByteBuffer.wrap((head + "\n").getBytes(StandardCharsets.US_ASCII));
        for (long at = 0; text.hasRemaining(); ) {
            at += headFile.write(text, at);
        }
    }

    /** After a failure: what is behind the last line that counts is cut off, or a file that was not begun is removed. */
    private void again() throws IOException {
        close();
        if (length == 0 && number > 0 && segments.all().containsKey(number)) {
            segments.remove(number--);
        } else if (segments.all().containsKey(number)) {
            Found found = Found.read(segments.file(number), Optional.of(head));
            boolean whole = found.last().equals(head) || found.last().sequence() > head.sequence();
            if (!whole) {
                throw new IOException(
                        "%s does not hold record %d any more".formatted(segments.file(number), head.sequence()));
            }
            if (!found.sealed() || found.last().sequence() > head.sequence()) {
                channel = segments.open(number);
                channel.truncate(length);
                channel.force(true);
            }
        }
        stale = false;
    }
}
