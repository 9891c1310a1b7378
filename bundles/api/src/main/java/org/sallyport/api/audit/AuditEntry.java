package org.sallyport.api.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A record as lists show it. Texts came from outside and are hostile.
 *
 * @param sequence its number in the trail
 * @param userName who asked, as people call it
 * @param errorCode empty when it was done
 * @param json the whole record, CloudTrail's shape, one line
 */
public record AuditEntry(
        long sequence,
        String eventId,
        Instant time,
        String eventSource,
        String eventName,
        boolean readOnly,
        Optional<String> userName,
        Optional<String> accessKeyId,
        String sourceAddress,
        Optional<String> errorCode,
        List<String> resources,
        String json) {}
