package org.sallyport.api.node;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

/**
 * How long nodes were online, for those who share the costs. A node counts while its control channel is open or its last heartbeat is younger
 * than ten minutes; time in which the server was down for more than five minutes does not count. Any thread; blocks for the store.
 */
@ProviderType
public interface NodeUsage {

    /**
     * The time of one node on one day in one tier with the same tags.
     *
     * @param day in UTC
     * @param tags as they were then
     */
    record Row(LocalDate day, String nodeId, String tier, Map<String, String> tags, Duration online) {
        public Row {
            tags = Map.copyOf(tags);
        }
    }

    /**
     * Rows of those days, by day, node and tier ({@code sallyport:GetNodeUsage}). Throws {@code INVALID_ARGUMENT} for more than 366 days or
     * an end before the begin.
     *
     * @param to inclusive
     */
    Page<Row> rows(Principal caller, LocalDate from, LocalDate to, PageRequest page);

    /** What time is added up by. */
    enum Grouping {
        /** The tier that was set. */
        TIER,
        /** The node, and the tier. */
        NODE,
        /** A tag, its key and value; time of a node with several tags is in each of theirs, of one without tags in none. */
        TAG
    }

    /**
     * The time of one group.
     *
     * @param name the tier, the node's id or the tag's key
     * @param value the tier of a node's time or the tag's value; empty for a tier
     * @param nodes how many nodes were online in it
     */
    record Total(String name, String value, long nodes, Duration online) {}

    /**
     * The time of those days added up, by name and value ({@code sallyport:GetNodeUsage}). Throws as {@link #rows}.
     *
     * @param to inclusive
     */
    Page<Total> totals(Principal caller, LocalDate from, LocalDate to, Grouping by, PageRequest page);
}
