package org.sallyport.adapter.policy.iam;

/** A document that is no policy by IAM's grammar; the text says where. */
final class MalformedPolicyException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedPolicyException(String message) {
        super(message);
    }

    MalformedPolicyException(String message, Throwable cause) {
        super(message, cause);
    }
}
