package org.sallyport.core.recording;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Channels of journals that were used last, opened on demand: no more than a bound, and one more for each thread that is at work beyond it.
 * Any thread.
 */
final class OpenFiles {
    private static final int TRIES = 20;

    private final int bound;
    private final Map<Path, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    /** What is done with a channel. May be done twice, so it must come to the same then. */
    @FunctionalInterface
    interface Use<T> {
        T with(FileChannel channel) throws IOException;
    }

    private static final class Entry {
        final FileChannel channel;
        int users;

        Entry(FileChannel channel) {
            this.channel = channel;
        }
    }

    OpenFiles(int bound) {
        this.bound = bound;
    }

    /**
     * Opens the file when it is not open and uses it. An interrupt closes a channel under all its users: each of them goes on with a new one,
     * and the interrupt is told after the use, so that what is written is never in doubt.
     */
    <T> T use(Path path, Use<T> use) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            for (int left = TRIES; ; left--) {
                Entry entry = take(path);
                try {
                    return use.with(entry.channel);
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted();
                    if (left == 1) {
                        throw e;
                    }
                } finally {
                    give(path, entry);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Closes the file unless it is in use. */
    void close(Path path) throws IOException {
        Entry entry;
        synchronized (this) {
            entry = entries.get(path);
            if (entry == null || entry.users > 0) {
                return;
            }
            entries.remove(path);
        }
        entry.channel.close();
    }

    synchronized int open() {
        return entries.size();
    }

    private Entry take(Path path) throws IOException {
        synchronized (this) {
            Entry entry = entries.get(path);
            if (entry != null && entry.channel.isOpen()) {
                entry.users++;
                return entry;
            }
        }
        FileChannel opened = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        List<FileChannel> surplus = new ArrayList<>();
        Entry entry;
        synchronized (this) {
            Entry other = entries.get(path);
            if (other != null && other.channel.isOpen()) {
                surplus.add(opened);
                entry = other;
            } else {
                entry = new Entry(opened);
                entries.put(path, entry);
            }
            entry.users++;
            evict(surplus);
        }
        for (FileChannel channel : surplus) {
            channel.close();
        }
        return entry;
    }

    private synchronized void give(Path path, Entry entry) {
        entry.users--;
        if (!entry.channel.isOpen()) {
            entries.remove(path, entry);
        }
    }

    /** Those that were not used for longest; caller holds the monitor and closes them outside. */
    private void evict(List<FileChannel> surplus) {
        Iterator<Entry> eldest = entries.values().iterator();
        while (entries.size() > bound && eldest.hasNext()) {
            Entry entry = eldest.next();
            if (entry.users == 0) {
                eldest.remove();
                surplus.add(entry.channel);
            }
        }
    }
}
