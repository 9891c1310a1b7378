package org.sallyport.front.aws;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Service properties of an {@link Operation}. */
@ComponentPropertyType
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Serves {
    /** Prefix of the properties' names. */
    String PREFIX_ = "sallyport.aws.";

    /** Name in the request, for instance {@code AmazonSSM.StartSession} or, in the query protocol, {@code sts.GetCallerIdentity}. */
    String target();

    /** Whether the request must be signed. */
    boolean signed() default true;
}
