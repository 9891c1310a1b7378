package org.sallyport.api.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which records are wanted; what is empty does not matter.
 *
 * @param from first time of the event, included
 * @param until last time of the event, included
 * @param user name, ARN or id of who asked
 * @param eventName for instance {@code StartSession}
 * @param eventSource for instance {@code ssm.amazonaws.com}
 * @param eventId of one record
 * @param accessKeyId that signed
 * @param resource ARN, or the last part of one
 * @param failed whether it was refused or failed
 * @param readOnly whether it only reads
 */
public record AuditQuery(
        Optional<Instant> from,
        Optional<Instant> until,
        Optional<String> user,
        Optional<String> eventName,
        Optional<String> eventSource,
        Optional<String> eventId,
        Optional<String> accessKeyId,
        Optional<String> resource,
        Optional<Boolean> failed,
        Optional<Boolean> readOnly) {}
