package org.sallyport.adapter.policy.iam;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compiled documents by their text; the one not used for longest goes when the cache is full. Many threads. */
final class PolicyCache {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyCache.class);

    private final int capacity;
    private final Map<String, Optional<Policy>> compiled;

    PolicyCache(int capacity) {
        this.capacity = capacity;
        this.compiled = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Optional<Policy>> eldest) {
                return size() > PolicyCache.this.capacity;
            }
        };
    }

    /** The compiled document; empty when it is malformed, which is remembered as well. */
    Optional<Policy> get(String document) {
        if (document.length() > PolicyParser.MAX_CHARS) {
            return Optional.empty();
        }
        synchronized (compiled) {
            Optional<Policy> known = compiled.get(document);
            if (known != null) {
                return known;
            }
        }
        Optional<Policy> fresh = compile(document);
        synchronized (compiled) {
            compiled.put(document, fresh);
        }
        return fresh;
    }

    int size() {
        synchronized (compiled) {
            return compiled.size();
        }
    }

    private static Optional<Policy> compile(String document) {
        try {
            return Optional.of(PolicyParser.parse(document));
        } catch (MalformedPolicyException e) {
            LOG.warn("A policy is malformed and denies everything to who has it: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
