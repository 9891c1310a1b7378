package org.sallyport.kernel.access;

import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Principal;

/**
 * Says when what was once allowed is to be decided again. Provided by core/access, asked by core/session for the sessions that run. Any thread,
 * outside of transactions; blocks for a look-up in the store.
 */
@ProviderType
public interface LiveAccess {
    /**
     * A number that is another one after each change of a user, group, role, policy, boundary, attachment, tag or key, on whichever server it was
     * made.
     *
     * @throws org.sallyport.api.error.SallyportException {@code SERVICE_AWAY} while the store is
     */
    long version();

    /**
     * What a principal's rights follow from, as an opaque text: as long as two texts are equal, nothing in core/access changed for it, and with the
     * same context the decision is the same. Does not name secrets.
     *
     * @throws org.sallyport.api.error.SallyportException {@code SERVICE_AWAY} while the store is
     */
    String standing(Principal principal);

    /**
     * Whether something that was allowed and runs is allowed still: the principal and its access key exist and are active, and its policies allow it
     * now. Temporary credentials may be over: that they end takes nothing away from what they began.
     *
     * @throws org.sallyport.api.error.SallyportException {@code SERVICE_AWAY} while nothing can be decided: what runs goes on
     */
    boolean stillAllows(AccessRequest request);
}
