package org.sallyport.api.error;

/** A stable name of a failure. Implemented by one enum for each capability; names are never reused. */
public interface ErrorCode {

    /** The constant's own name, for instance {@code TARGET_NOT_CONNECTED}. */
    String name();

    /** The sort of failure, which decides the status at the edges. */
    Kind kind();
}
