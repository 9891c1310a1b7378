package org.sallyport.api.access;

/** What a {@link Principal} is. */
public enum PrincipalType {
    /** A person or program with an IAM user. */
    USER,
    /** A managed node that acts with the temporary credentials of its role. */
    NODE,
    /** A managed node that proved only its private key; it may ask for role credentials and nothing else. */
    NODE_KEY
}
