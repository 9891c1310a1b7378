package org.sallyport.api.document;

import java.util.Map;

/**
 * A session document, schema version 1.0.
 *
 * @param name for instance {@code SSM-SessionManagerRunShell}
 * @param arn AWS-owned documents have no account in their ARN
 * @param sessionType {@code Standard_Stream}, {@code InteractiveCommands}, {@code NonInteractiveCommands} or {@code Port}
 * @param contentJson the whole document as JSON text, at most 64 KB, as it goes to the node
 * @param inputs what it asks of the server
 */
public record SessionDocument(String name, String arn, String sessionType, String contentJson, SessionInputs inputs) {

    /** Parameters resolved for one session. {@code flattened} goes to the node: one string for each parameter. */
    public record Resolved(SessionDocument document, Map<String, String> flattened) {
        public Resolved {
            flattened = Map.copyOf(flattened);
        }
    }
}
