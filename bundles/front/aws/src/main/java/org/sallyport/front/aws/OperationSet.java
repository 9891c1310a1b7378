package org.sallyport.front.aws;

import java.util.Map;

/**
 * Signed operations that one class serves, because they are all about one service of {@code api}; away while that service is away. Those
 * that stand alone, and each that is served unsigned, are an {@link Operation} of their own.
 */
public interface OperationSet {
    /** By target, for instance {@code iam.CreateUser}; the same ones each time. */
    Map<String, Operation> operations();
}
