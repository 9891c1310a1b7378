package org.sallyport.test.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.store.Records;

/** {@link Records} in memory, for tests of adapters: same limits, same compare-and-set, nothing durable. */
public final class InMemoryRecords implements Records {
    private static final int MAX_KEY = 200;
    private static final int MAX_SCAN = 1000;

    private final TreeMap<String, Entry> entries = new TreeMap<>();

    @Override
    public synchronized Optional<Entry> get(String key) {
        checkKey(key);
        return Optional.ofNullable(entries.get(key)).map(InMemoryRecords::copy);
    }

    @Override
    public synchronized Optional<Long> put(String key, byte[] value, long expectedRevision) {
        checkKey(key);
        if (value.length > MAX_VALUE_BYTES) {
            throw invalid("the value of " + key + " has " + value.length + " bytes; at most " + MAX_VALUE_BYTES);
        }
        Entry old = entries.get(key);
        long revision = old == null ? ABSENT : old.revision();
        if (revision != expectedRevision) {
            return Optional.empty();
        }
        entries.put(key, new Entry(key, value.clone(), revision + 1));
        return Optional.of(revision + 1);
    }

    @Override
    public synchronized boolean delete(String key, long expectedRevision) {
        checkKey(key);
        Entry old = entries.get(key);
        if (old == null || old.revision() != expectedRevision) {
            return false;
        }
        entries.remove(key);
        return true;
    }

    @Override
    public synchronized List<Entry> scan(String prefix, String afterKey, int limit) {
        if (limit < 1 || limit > MAX_SCAN) {
            throw invalid("the limit of a scan must be 1 to " + MAX_SCAN + ", was " + limit);
        }
        List<Entry> found = new ArrayList<>();
        boolean afterPrefix = afterKey.compareTo(prefix) >= 0;
        for (Entry entry :
                entries.tailMap(afterPrefix ? afterKey : prefix, !afterPrefix).values()) {
            if (found.size() == limit || !entry.key().startsWith(prefix)) {
                break;
            }
            found.add(copy(entry));
        }
        return found;
    }

    private static Entry copy(Entry entry) {
        return new Entry(entry.key(), entry.value().clone(), entry.revision());
    }

    private static void checkKey(String key) {
        if (key.isEmpty() || key.length() > MAX_KEY) {
            throw invalid("a key has 1 to " + MAX_KEY + " characters, this one has " + key.length());
        }
    }

    private static SallyportException invalid(String message) {
        return new SallyportException(CommonError.INVALID_ARGUMENT, message);
    }
}
