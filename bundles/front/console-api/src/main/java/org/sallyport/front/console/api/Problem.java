package org.sallyport.front.console.api;

/**
 * An error as RFC 9457 has it.
 *
 * @param type {@code urn:sallyport:problem:} and a stable name
 * @param title the name for people
 * @param detail what, which, what to do
 * @param reference stands in the server's log as well
 */
record Problem(String type, String title, int status, String detail, String reference) {
    /** Media type of problems. */
    static final String MEDIA_TYPE = "application/problem+json";
}
