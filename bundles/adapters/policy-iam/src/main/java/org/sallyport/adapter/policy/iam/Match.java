package org.sallyport.adapter.policy.iam;

/** Whether a part of a statement fits a request. */
enum Match {
    YES,
    NO,
    /** It holds something that is not evaluated here: taken as fitting in a Deny and as not fitting in an Allow. */
    UNSURE
}
