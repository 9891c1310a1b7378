package org.sallyport.front.aws;

import java.util.Optional;
import org.sallyport.api.access.Origin;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/**
 * One operation of an AWS-shaped API: takes its input apart, calls a service of {@code api}, which asks the decision point itself,
 * and puts the output together. Registered with {@link Serves}; away while a service that it needs is away.
 */
public interface Operation {
    /**
     * @param caller who signed; empty only for an operation that is served unsigned
     * @param input valid by the operation's model
     * @param origin where the request came from
     */
    record Call(Optional<Principal> caller, Input input, Origin origin) {
        /** The socket's peer. */
        public String sourceAddress() {
            return origin.sourceIp().orElseThrow();
        }

        /** The caller of a signed operation. */
        public Principal principal() {
            return caller.orElseThrow(() -> new SallyportException(
                    CommonError.INTERNAL, "An operation that needs its caller was served without a signature"));
        }
    }

    /** Throws {@link SallyportException} for every refusal. */
    Output call(Call call);
}
