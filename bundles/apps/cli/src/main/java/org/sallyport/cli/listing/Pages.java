package org.sallyport.cli.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sallyport.channel.api.ServiceClient;

/**
 * Reads a listing of the API page by page.
 *
 * @param target the operation
 * @param member that holds the items
 * @param largest page that the operation gives
 */
public record Pages(String target, String member, int largest) {
    /** No operation has a larger least page. */
    public static final int LEAST = 5;

    /**
     * What was asked for.
     *
     * @param next where to go on; empty at the end of the list
     */
    public record Found(List<JsonNode> items, Optional<String> next) {}

    /**
     * Blocks for the calls.
     *
     * @param request without paging members; gets them
     * @param from where to begin, from an earlier {@link Found#next}
     * @param most items, {@link #LEAST} or more
     * @throws IOException also for a server that answers with one page for ever
     */
    public Found read(ServiceClient client, ObjectNode request, Optional<String> from, int most) throws IOException {
        List<JsonNode> items = new ArrayList<>();
        Optional<String> token = from;
        while (true) {
            request.put("MaxResults", size(most - items.size()));
            token.ifPresent(place -> request.put("NextToken", place));
            JsonNode answer = client.call(target, request);
            answer.path(member).forEach(items::add);
            Optional<String> next =
                    Optional.of(answer.path("NextToken").asText("")).filter(text -> !text.isEmpty());
            if (next.isEmpty() || items.size() >= most) {
                return new Found(List.copyOf(items), next);
            }
            if (next.equals(token)) {
                throw new IOException("The server answers with the same page again and again");
            }
            token = next;
        }
    }

    /** Never leaves less than the least page for the next one, so that the end is where it was asked for. */
    private int size(int left) {
        if (left <= largest) {
            return Math.max(LEAST, left);
        }
        return left - largest < LEAST ? left - LEAST : largest;
    }
}
