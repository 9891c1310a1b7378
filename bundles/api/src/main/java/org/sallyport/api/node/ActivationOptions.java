package org.sallyport.api.node;

import java.util.List;

/**
 * What an activation asks beyond its code; Session Manager has none of it.
 *
 * @param sources ranges of addresses that nodes may register from ({@link AddressRange}), at most 20; empty for any
 * @param approval whether a person must let each node in before it works
 */
public record ActivationOptions(List<String> sources, boolean approval) {
    /** Any source, no approval. */
    public static final ActivationOptions NONE = new ActivationOptions(List.of(), false);

    public ActivationOptions {
        sources = List.copyOf(sources);
    }

    /** Whether a node may register from that address. */
    public boolean admits(String sourceAddress) {
        return sources.isEmpty()
                || sources.stream()
                        .flatMap(range -> AddressRange.parse(range).stream())
                        .anyMatch(range -> range.contains(sourceAddress));
    }
}
