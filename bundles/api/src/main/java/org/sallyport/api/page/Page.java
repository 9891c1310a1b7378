package org.sallyport.api.page;

import java.util.List;
import java.util.Optional;

/**
 * One part of a list, ordered by key.
 *
 * @param items never null, may be empty even when a next page exists
 * @param nextToken opaque; empty when this was the last page
 */
public record Page<T>(List<T> items, Optional<String> nextToken) {

    public Page {
        items = List.copyOf(items);
    }
}
