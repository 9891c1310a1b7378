package org.sallyport.api.error;

/** What sort of failure a {@link SallyportException} is; each edge maps a kind to its own status. */
public enum Kind {
    /** The request is malformed or breaks a stated limit; repeating it unchanged fails again. */
    INVALID,
    /** Nobody is known behind the request. */
    UNAUTHENTICATED,
    /** Somebody is known and may not do this. */
    DENIED,
    /** The thing named does not exist, told only to callers who may know. */
    ABSENT,
    /** The state of the thing does not allow it now, or somebody else was faster. */
    CONFLICT,
    /** A limit or quota is used up. */
    EXHAUSTED,
    /** Something needed is away; repeating later may succeed. */
    UNAVAILABLE,
    /** A defect of the server. */
    INTERNAL
}
