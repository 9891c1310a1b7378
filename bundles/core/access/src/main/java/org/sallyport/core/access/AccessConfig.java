package org.sallyport.core.access;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of sign-in. */
@ObjectClassDefinition(name = "Sallyport: access", description = "How long people stay signed in with a browser")
public @interface AccessConfig {
    /** The configuration's PID. */
    String PID = "org.sallyport.core.access";

    @AttributeDefinition(name = "Idle time", description = "Minutes without a request, 5 to 1440")
    int web_idle_m() default 480;

    @AttributeDefinition(name = "Longest time", description = "Minutes after the sign-in, 5 to 43200")
    int web_longest_m() default 1440;
}
