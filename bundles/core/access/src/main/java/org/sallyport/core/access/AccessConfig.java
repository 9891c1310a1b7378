package org.sallyport.core.access;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of sign-in, and of what nodes may do at most. */
@ObjectClassDefinition(
        name = "Sallyport: access",
        description = "How long people stay signed in, and what nodes may do at most")
public @interface AccessConfig {
    /** The configuration's PID. */
    String PID = "org.sallyport.core.access";

    @AttributeDefinition(name = "Idle time", description = "Minutes without a request, 5 to 1440")
    int web_idle_m() default 480;

    @AttributeDefinition(name = "Longest time", description = "Minutes after the sign-in, 5 to 43200")
    int web_longest_m() default 1440;

    @AttributeDefinition(
            name = "Longest time of a command line",
            description = "Minutes that a sign-in with a command line holds, 15 to 10080")
    int login_longest_m() default 720;

    @AttributeDefinition(
            name = "Lifted roles",
            description =
                    "Names of roles whose nodes may do all that the role's policies allow; those of any other role do node operations about themselves"
                            + " only, whatever its policies say")
    String[] node_lifted_roles() default {};
}
