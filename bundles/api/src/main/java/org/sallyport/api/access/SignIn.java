package org.sallyport.api.access;

import org.osgi.annotation.versioning.ProviderType;

/** Signs people in with what their identity provider accepts. Any thread; blocks for the provider's deadline, at most 5 s. */
@ProviderType
public interface SignIn {

    /**
     * Signs in with a name and a password of the local realm.
     *
     * @param password wiped by the caller afterwards, not kept
     * @throws org.sallyport.api.error.SallyportException {@code CREDENTIAL_REJECTED}, one text for unknown user and wrong
     *     password; {@code PROVIDER_UNAVAILABLE} when no adapter can answer
     */
    Principal withPassword(String userName, char[] password);
}
