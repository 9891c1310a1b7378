package org.sallyport.core.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sallyport.api.audit.AuditEntry;
import org.sallyport.api.audit.AuditQuery;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.protocol.audit.LineKind;
import org.sallyport.protocol.audit.MalformedLineException;
import org.sallyport.protocol.audit.TrailLine;

/**
 * Finds records from the newest backwards, in the files themselves: nothing is kept in memory. A page looks at {@value #MOST_BYTES} bytes at most and goes on
 * there at the next call. A line that was changed is passed over, as it is no record. Any thread.
 */
final class Lookup {
    static final int MOST_BYTES = 16 * 1024 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TOKEN = Pattern.compile("([0-9]{1,8})-([0-9]{1,12})");

    private final Segments segments;

    Lookup(Segments segments) {
        this.segments = segments;
    }

    Page<AuditEntry> find(AuditQuery query, PageRequest page) {
        try {
            return found(query, page);
        } catch (IOException e) {
            throw new SallyportException(
                    CommonError.SERVICE_AWAY, "The audit trail cannot be read now: " + e.getMessage(), e);
        }
    }

    private Page<AuditEntry> found(AuditQuery query, PageRequest page) throws IOException {
        SortedMap<Long, Path> all = segments.all();
        long file = all.isEmpty() ? 0 : all.lastKey();
        long end = -1;
        if (page.token().isPresent()) {
            Matcher token = TOKEN.matcher(page.token().get());
            if (!token.matches()) {
                throw unknown();
            }
            file = Long.parseLong(token.group(1));
            end = Long.parseLong(token.group(2));
        }
        List<AuditEntry> items = new ArrayList<>();
        long left = MOST_BYTES;
        for (; all.containsKey(file); file--, end = -1) {
            try (FileChannel channel = FileChannel.open(all.get(file), StandardOpenOption.READ)) {
                long at = end < 0 ? lastLine(channel) : checked(channel, end);
                BackwardLines lines = new BackwardLines(channel, at);
                for (Optional<BackwardLines.Line> next = lines.previous(); next.isPresent(); next = lines.previous()) {
                    BackwardLines.Line line = next.get();
                    left -= line.bytes().length;
                    Optional<AuditEntry> entry = entry(line.bytes());
                    if (before(entry, query)) {
                        return new Page<>(items, Optional.empty());
                    }
                    entry.filter(e -> Matching.matches(query, e)).ifPresent(items::add);
                    if (items.size() == page.maxItems() || left <= 0) {
                        return new Page<>(items, Optional.of(file + "-" + line.offset()));
                    }
                }
            }
        }
        return new Page<>(items, Optional.empty());
    }

    /** Records stand in the order of their times, but for clocks that are set back; an hour covers that. */
    private static boolean before(Optional<AuditEntry> entry, AuditQuery query) {
        return entry.isPresent()
                && query.from().isPresent()
                && entry.get().time().isBefore(query.from().get().minusSeconds(3_600));
    }

    private static Optional<AuditEntry> entry(byte[] bytes) {
        try {
            TrailLine line = TrailLine.read(bytes);
            if (line.kind() != LineKind.EVENT) {
                return Optional.empty();
            }
            JsonNode record = JSON.readTree(line.record());
            return Optional.of(Matching.entry(line.sequence(), record, line.record()));
        } catch (MalformedLineException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Behind the last whole line. */
    private static long lastLine(FileChannel channel) throws IOException {
        long size = channel.size();
        long from = Math.max(0, size - TrailLine.MAX_BYTES - 1);
        ByteBuffer end = ByteBuffer.allocate((int) (size - from));
        while (end.hasRemaining() && channel.read(end, from + end.position()) >= 0) {
            // until the end of what was there
        }
        for (int at = end.position() - 1; at >= 0; at--) {
            if (end.get(at) == '\n') {
                return from + at + 1;
            }
        }
        return 0;
    }

    private static long checked(FileChannel channel, long end) throws IOException {
        ByteBuffer before = ByteBuffer.allocate(1);
        boolean good = end == 0 || end <= channel.size() && channel.read(before, end - 1) == 1 && before.get(0) == '\n';
        if (!good) {
            throw unknown();
        }
        return end;
    }

    private static SallyportException unknown() {
        return new SallyportException(
                CommonError.INVALID_NEXT_TOKEN, "The token is of no page of this list; begin with the first page.");
    }
}
