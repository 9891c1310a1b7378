package org.sallyport.core.session;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** See {@link Settings} for the ranges. */
@ObjectClassDefinition(name = "Sallyport: sessions", description = "Limits of sessions")
public @interface SessionConfig {
    @AttributeDefinition(
            name = "Resume window",
            description = "Seconds that a client may stay away before its session ends, 5 to 86400")
    int resume_window_s() default 900;

    @AttributeDefinition(
            name = "Node away",
            description = "Seconds that a node's end may stay away before its session ends, 5 to 3600")
    int node_away_s() default 30;

    @AttributeDefinition(
            name = "Idle time",
            description =
                    "Seconds without typing after which a session ends whose document names no idleSessionTimeout, 5 to 86400;"
                            + " 0 for no limit")
    int idle_timeout_s() default 1_200;

    @AttributeDefinition(
            name = "Longest idle time",
            description =
                    "Seconds without typing after which any session ends, whatever its document says, 5 to 86400; 0 for what the"
                            + " document says. Documents count in minutes: shorter times, for instance for a trial, are set here")
    int idle_timeout_most_s() default 0;

    @AttributeDefinition(
            name = "Longest duration",
            description =
                    "Seconds after which any session ends, whatever its document says, 5 to 2592000; 0 for what the document says")
    int duration_most_s() default 0;

    @AttributeDefinition(name = "Sessions", description = "Live sessions of this server, 1 to 1000000")
    int max_sessions() default 20_000;

    @AttributeDefinition(name = "Sessions of a node", description = "Live sessions of one node, 1 to 100000")
    int max_sessions_per_node() default 1_000;

    @AttributeDefinition(name = "Sessions of an owner", description = "Live sessions of one owner, 1 to 100000")
    int max_sessions_per_owner() default 500;

    @AttributeDefinition(
            name = "Document check",
            description =
                    "Whether who starts a session without naming a document needs the right to the default document in any case; when"
                            + " false only where the statement that allows has the condition ssm:SessionDocumentAccessCheck, as in AWS")
    boolean document_check_always() default false;
}
