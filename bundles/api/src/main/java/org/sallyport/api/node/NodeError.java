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
    TOO_MANY_TAGS(Kind.EXHAUSTED);

    private final Kind kind;

    NodeError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
