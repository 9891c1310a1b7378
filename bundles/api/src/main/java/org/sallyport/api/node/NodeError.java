package org.sallyport.api.node;

import org.sallyport.api.error.ErrorCode;
import org.sallyport.api.error.Kind;

/** Failures about nodes; in brackets AWS's name on the wire. */
public enum NodeError implements ErrorCode {
    /** Activation id or code wrong, expired, used up or deleted; one text for all (InvalidActivation). */
    ACTIVATION_REFUSED(Kind.INVALID),
    /** An activation id that does not exist, told to who may delete activations (InvalidActivationId). */
    ACTIVATION_UNKNOWN(Kind.ABSENT),
    /** The public key is not an RSA key of 2048 to 4096 bits (ValidationException). */
    PUBLIC_KEY_REFUSED(Kind.INVALID),
    /** The machine's fingerprint is not the one of its registration (MachineFingerprintDoesNotMatch). */
    FINGERPRINT_MISMATCH(Kind.DENIED),
    /** No such managed node (InvalidInstanceId). */
    NODE_UNKNOWN(Kind.ABSENT),
    /** The role does not exist (ValidationException). */
    ROLE_UNKNOWN(Kind.INVALID),
    /** The setting does not exist (ServiceSettingNotFound). */
    SETTING_UNKNOWN(Kind.ABSENT),
    /** The tier allows no more nodes (RegistrationLimitExceeded, HTTP 400). */
    NODE_LIMIT(Kind.EXHAUSTED),
    /** Nothing of that type and id that could have tags (InvalidResourceId). */
    RESOURCE_UNKNOWN(Kind.ABSENT),
    /** Things of that type have no tags on this server (InvalidResourceType). */
    RESOURCE_TYPE_UNKNOWN(Kind.INVALID),
    /** More than 50 tags (TooManyTagsError). */
    TOO_MANY_TAGS(Kind.EXHAUSTED),
    /** The node waits for a person's approval (InvalidInstanceId). */
    NODE_PENDING(Kind.DENIED),
    /** A document that proves nothing, or that was used already; the text says why (InvalidActivation). */
    PROOF_REFUSED(Kind.INVALID),
    /** No other machine of that fingerprint asked for the node last. */
    MACHINE_UNKNOWN(Kind.ABSENT),
    /** No filter of that key (InvalidFilterKey). */
    FILTER_UNKNOWN(Kind.INVALID),
    /** A value that its filter does not take (InvalidInstanceInformationFilterValue). */
    FILTER_VALUE(Kind.INVALID),
    /** A value that its filter of properties does not take (InvalidInstancePropertyFilterValue). */
    PROPERTY_FILTER_VALUE(Kind.INVALID),
    /** A change of settings that what is there does not allow (ValidationException). */
    SETTING_REFUSED(Kind.CONFLICT);

    private final Kind kind;

    NodeError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
