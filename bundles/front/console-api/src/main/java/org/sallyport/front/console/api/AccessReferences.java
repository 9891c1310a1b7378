package org.sallyport.front.console.api;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sallyport.api.access.DecisionExplainer;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.Account;
import org.sallyport.api.iam.Attachments;
import org.sallyport.api.iam.Boundaries;
import org.sallyport.api.iam.Groups;
import org.sallyport.api.iam.InlinePolicies;
import org.sallyport.api.iam.Logins;
import org.sallyport.api.iam.ManagedPolicies;
import org.sallyport.api.iam.PolicyReviews;
import org.sallyport.api.iam.Roles;
import org.sallyport.api.iam.Simulations;
import org.sallyport.api.iam.Tags;
import org.sallyport.api.iam.UserKeys;
import org.sallyport.api.iam.Users;

/** Follows the services as they come and go; is itself there as long as the bundle runs, so that no event stream closes for them. */
@Component(service = AccessReferences.class)
public final class AccessReferences implements AccessServices {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Users users;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Groups groups;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Roles roles;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ManagedPolicies policies;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Attachments attachments;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile InlinePolicies inline;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Boundaries boundaries;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile UserKeys keys;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Logins passwords;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Tags tags;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Account account;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile PolicyReviews reviews;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Simulations simulations;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile DecisionExplainer denials;

    @Override
    public Users users() {
        return present(users);
    }

    @Override
    public Groups groups() {
        return present(groups);
    }

    @Override
    public Roles roles() {
        return present(roles);
    }

    @Override
    public ManagedPolicies policies() {
        return present(policies);
    }

    @Override
    public Attachments attachments() {
        return present(attachments);
    }

    @Override
    public InlinePolicies inline() {
        return present(inline);
    }

    @Override
    public Boundaries boundaries() {
        return present(boundaries);
    }

    @Override
    public UserKeys keys() {
        return present(keys);
    }

    @Override
    public Logins passwords() {
        return present(passwords);
    }

    @Override
    public Tags tags() {
        return present(tags);
    }

    @Override
    public Account account() {
        return present(account);
    }

    @Override
    public PolicyReviews reviews() {
        return present(reviews);
    }

    @Override
    public Simulations simulations() {
        return present(simulations);
    }

    @Override
    public DecisionExplainer denials() {
        return present(denials);
    }

    private static <T> T present(T service) {
        if (service == null) {
            throw new SallyportException(
                    CommonError.SERVICE_AWAY,
                    "The keeper of users and policies is not available at the moment; try again in a second.");
        }
        return service;
    }
}
