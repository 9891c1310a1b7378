package org.sallyport.core.audit;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the trail, PID {@value TrailService#PID}. */
@ObjectClassDefinition(name = "Sallyport: audit", description = "The trail of what was asked of the server")
@interface AuditConfig {

    @AttributeDefinition(
            name = "Directory",
            description = "Absolute path. Empty for audit/ in the folder of the framework property sallyport.data."
                    + " A change needs a restart")
    String directory() default "";

    @AttributeDefinition(
            name = "Size of a file",
            min = "1",
            max = "1024",
            description = "MiB after which a file is sealed and the next one begins, 1 to 1024")
    int segment_mib() default 32;

    @AttributeDefinition(
            name = "Days to keep",
            min = "0",
            max = "36500",
            description = "Files whose newest record is older are removed, and the trail says so; 0 keeps all")
    int keep_days() default 0;

    @AttributeDefinition(
            name = "Server",
            description =
                    "Name of this server where several use one database, 1 to 64 letters, digits, points and hyphens, another for"
                            + " each: how far its trail reaches is kept under it. Empty for the only server")
    String server() default "";
}
