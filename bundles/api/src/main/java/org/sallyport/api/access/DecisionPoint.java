package org.sallyport.api.access;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.error.SallyportException;

/**
 * The one place that says whether a principal may do something. Every path to a node, a recording or a setting asks it
 * before anything is looked up, so that whoever lacks the right learns nothing about what exists.
 *
 * <p>Denies by default: also when no policy adapter is there, when it fails, and when it does not answer in time. Any thread; blocks
 * for at most two seconds.
 */
@ProviderType
public interface DecisionPoint {

    /** Whether the principal may do it. Never throws for a denial. */
    boolean allows(AccessRequest request);

    /**
     * Returns when the principal may do it.
     *
     * @throws org.sallyport.api.error.SallyportException {@link AccessError#ACCESS_DENIED} with AWS's text: {@code User: <arn> is not
     *     authorized to perform: <action> on resource: <resource>}; the same text whether or not the resource exists, and then in brackets
     *     the reference that an administrator opens with {@link DecisionExplainer}
     */
    void require(AccessRequest request);

    /**
     * As {@link #require(AccessRequest)}, with another name of the resource in the text: what the caller called it, where the ARN that is
     * decided on holds something that was looked up.
     */
    default void require(AccessRequest request, String named) {
        if (!allows(request)) {
            throw new SallyportException(
                    AccessError.ACCESS_DENIED,
                    "User: %s is not authorized to perform: %s on resource: %s"
                            .formatted(request.principal().arn(), request.action(), named));
        }
    }

    /**
     * As {@link #require(AccessRequest)}, for something that goes by several ARNs: returns when the principal may do it by one of them and none is
     * denied by a statement. The text of a refusal names the first.
     *
     * @param requests at least one, which differ in their resource alone
     */
    default void requireOneOf(List<AccessRequest> requests) {
        if (requests.stream().noneMatch(this::allows)) {
            require(requests.get(0));
        }
    }

    /**
     * The refusal of something that the policies allow and a rule of the thing itself does not, for instance that a session is resumed by its
     * owner alone. Reads and is kept like any denial.
     *
     * @param why the rule, for administrators
     */
    default SallyportException refusal(AccessRequest request, String why) {
        return new SallyportException(
                AccessError.ACCESS_DENIED,
                "User: %s is not authorized to perform: %s on resource: %s"
                        .formatted(request.principal().arn(), request.action(), request.resource()));
    }
}
