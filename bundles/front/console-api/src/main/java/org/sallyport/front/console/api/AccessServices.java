package org.sallyport.front.console.api;

import org.sallyport.api.access.DecisionExplainer;
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

/** What the pages about access call. Each may be swapped at any time: ask again for each call. All throw {@code SERVICE_AWAY} while there is none. */
interface AccessServices {
    Users users();

    Groups groups();

    Roles roles();

    ManagedPolicies policies();

    Attachments attachments();

    InlinePolicies inline();

    Boundaries boundaries();

    UserKeys keys();

    Logins passwords();

    Tags tags();

    Account account();

    PolicyReviews reviews();

    Simulations simulations();

    DecisionExplainer denials();
}
