package org.sallyport.front.console.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says what a method answers where its return type does not. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Answers {
    int status() default 200;

    /** Type of the body; {@code void} for none. */
    Class<?> body() default void.class;
}
