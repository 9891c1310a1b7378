package org.sallyport.api.audit;

/**
 * What is asked.
 *
 * @param source the service, for instance {@code ssm.amazonaws.com}; what AWS does not have ends in {@code .sallyport}
 * @param name the operation, for instance {@code StartSession}
 */
public record Subject(EventType type, String source, String name) {}
