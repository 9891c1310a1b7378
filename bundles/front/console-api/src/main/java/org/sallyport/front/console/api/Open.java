package org.sallyport.front.console.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a method that is called without a session: to sign in, and what carries its proof in its body. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Open {
    /** Whether it is for programs only: what a browser sends is refused then, from the console's own pages too. */
    boolean programs() default false;
}
