package org.sallyport.api.page;

import java.util.Optional;

/**
 * Which part of a list is wanted.
 *
 * @param maxItems most items of the answer, 1 to 1000
 * @param token what {@link Page#nextToken()} of the previous answer was; empty for the first page
 */
public record PageRequest(int maxItems, Optional<String> token) {

    public PageRequest {
        if (maxItems < 1 || maxItems > 1000) {
            throw new IllegalArgumentException("maxItems must be 1 to 1000, was " + maxItems);
        }
    }

    /** The first page of at most {@code maxItems}. */
    public static PageRequest first(int maxItems) {
        return new PageRequest(maxItems, Optional.empty());
    }
}
