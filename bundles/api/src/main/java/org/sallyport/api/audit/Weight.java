package org.sallyport.api.audit;

import java.util.List;

/** What depends on the record of a call. */
public enum Weight {
    /** Only reads. Goes on when its record cannot be written; the trail counts it and says later how many are missing. */
    READS,
    /**
     * Hands out something that counts only in the hand of who gets the answer, such as credentials or a web session. One record, before the
     * answer; without it there is no answer.
     */
    ISSUES,
    /** Changes something or reaches a node. A record before it is done, and one with what came of it; without the first it is not done. */
    CHANGES;

    /** What comes of a registration is the node's id, without which its key opens nothing. */
    private static final List<String> ISSUING = List.of(
            "GetSessionToken",
            "GetFederationToken",
            "RequestManagedInstanceRoleToken",
            "RegisterManagedInstance",
            "Assume");

    private static final List<String> READING = List.of(
            "Get",
            "List",
            "Decode",
            "Describe",
            "Lookup",
            "Simulate",
            "Search",
            "Validate",
            "Lint",
            "Check",
            "BatchGet",
            "Head");

    /** By AWS's way of naming operations. A name that says nothing counts as a change. */
    public static Weight of(String operation) {
        if (ISSUING.stream().anyMatch(operation::startsWith)) {
            return ISSUES;
        }
        return READING.stream().anyMatch(operation::startsWith) ? READS : CHANGES;
    }

    /** Whether it goes on without its record. */
    public boolean goesOnWithout() {
        return this == READS;
    }
}
