package org.sallyport.api.access;

/** What a {@link Principal} is. */
public enum PrincipalType {
    /** A person or program with an IAM user, or with temporary credentials of one. */
    USER,
    /** Who assumed a role. */
    ROLE,
    /** A managed node that acts with the temporary credentials of its role. */
    NODE,
    /** A managed node that proved only its private key; it may ask for role credentials and nothing else. */
    NODE_KEY,
    /** Who showed a provider's token and has no role yet; may ask for one with that token and nothing else. */
    WEB_IDENTITY,
    /** A service of this server, for instance {@code ssm.amazonaws.com}, that asks whether a role trusts it. */
    SERVICE
}
