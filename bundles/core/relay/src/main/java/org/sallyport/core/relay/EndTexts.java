package org.sallyport.core.relay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The texts of sessions that ended, for clients that come late. Kept for 60 s; of more than {@link #CAPACITY} the oldest goes, and its late
 * client hears core/session's text. Any thread.
 */
final class EndTexts {
    static final long KEPT_MILLIS = 60_000;
    static final int CAPACITY = 10_000;

    /** How a session ended, see {@link org.sallyport.kernel.relay.Relay#end}. */
    record End(String text, boolean tellNode) {}

    private record Entry(End end, long until) {}

    private final Timer timer;
    private final Map<String, Entry> texts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
            return size() > CAPACITY;
        }
    };

    EndTexts(Timer timer) {
        this.timer = timer;
    }

    /** The first text stays. */
    synchronized void put(String sessionId, String text, boolean tellNode) {
        String first = get(sessionId).map(End::text).orElse(text);
        texts.put(sessionId, new Entry(new End(first, tellNode), timer.millis() + KEPT_MILLIS));
    }

    synchronized Optional<End> get(String sessionId) {
        return Optional.ofNullable(texts.get(sessionId))
                .filter(e -> timer.millis() < e.until())
                .map(Entry::end);
    }

    synchronized void forgetOld() {
        texts.values().removeIf(e -> timer.millis() >= e.until());
    }
}
