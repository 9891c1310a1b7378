package org.sallyport.api.access;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Verifies Signature Version 4 requests: header and presigned form, HMAC for access keys and temporary credentials,
 * RSASSA-PSS for a node's own key (node-agent specification, section 3.2).
 *
 * <p>The one place where requests are verified; used by the API front, the console and the channel port. Any thread;
 * blocks for at most a look-up in the store.
 */
@ProviderType
public interface RequestVerifier {

    /**
     * @param request as it came
     * @param service service name that the credential scope must carry, for instance {@code ssm}
     * @return who signed it
     * @throws org.sallyport.api.error.SallyportException with an {@link AccessError} that says what is wrong
     */
    VerifiedCaller verify(WireRequest request, String service);
}
