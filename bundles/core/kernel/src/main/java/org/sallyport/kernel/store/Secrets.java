package org.sallyport.kernel.store;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Envelopes for secrets at rest: AES-256-GCM under a data key, which is wrapped under the master key file. Any thread, no blocking.
 */
@ProviderType
public interface Secrets {

    /**
     * @param row names table and row, for instance {@code access_keys/AKIA…}; the envelope opens for this row only
     * @return the envelope, at most 128 bytes longer than the secret
     */
    byte[] seal(String row, byte[] secret);

    /**
     * @throws org.sallyport.api.error.SallyportException {@code INTERNAL} when the envelope was changed or belongs to another row or key
     */
    byte[] open(String row, byte[] envelope);
}
