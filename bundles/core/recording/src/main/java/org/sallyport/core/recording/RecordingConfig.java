package org.sallyport.core.recording;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of recording, PID {@value RecordingService#PID}. */
@ObjectClassDefinition(name = "Sallyport: recording", description = "Journals of sessions")
@interface RecordingConfig {

    @AttributeDefinition(
            name = "Directory",
            description = "Absolute path. Empty for journals/ in the folder of the framework property sallyport.data."
                    + " A change needs a restart")
    String directory() default "";

    @AttributeDefinition(
            name = "Reserve",
            min = "0",
            max = "1048576",
            description =
                    "MiB that must be free on the file system of the journals for a session to start, 0 to 1048576")
    int reserve_mib() default 64;

    @AttributeDefinition(
            name = "Force interval",
            min = "50",
            max = "10000",
            description = "Milliseconds after which the disk must have what was written, 50 to 10000:"
                    + " what a power cut may cost")
    int force_interval_ms() default 1_000;
}
