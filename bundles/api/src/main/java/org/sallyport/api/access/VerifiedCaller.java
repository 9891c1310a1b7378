package org.sallyport.api.access;

/**
 * The outcome of a successful verification.
 *
 * @param principal who signed
 * @param accessKeyId the key that signed; a node id for a node's own key
 * @param region region of the credential scope, as signed
 * @param service service of the credential scope, as signed
 */
public record VerifiedCaller(Principal principal, String accessKeyId, String region, String service) {}
