package org.sallyport.front.console.api;

import org.sallyport.api.access.Principal;
import org.sallyport.api.iam.AttachedPolicy;
import org.sallyport.api.iam.Listed;
import org.sallyport.api.iam.Owner;
import org.sallyport.api.page.PageRequest;

/** The policies of one user, group or role. */
record Held(AccessServices services, Principal person, Owner owner) {

    /** A managed policy that is attached. */
    record AttachedShown(String name, String arn) {
        static AttachedShown of(AttachedPolicy policy) {
            return new AttachedShown(policy.name(), policy.arn());
        }
    }

    /** A policy in line, by name. */
    record InlineName(String name) {}

    Listing<AttachedShown> attached(PageRequest page) {
        return Paging.listing(services.attachments().list(person, owner, Listed.all(page)), AttachedShown::of);
    }

    void attach(String arn) {
        services.attachments().attach(person, owner, Inputs.required(arn, "arn"));
    }

    void detach(String arn) {
        services.attachments().detach(person, owner, Inputs.required(arn, "arn"));
    }

    Listing<InlineName> inline(PageRequest page) {
        return Paging.listing(services.inline().list(person, owner, page), InlineName::new);
    }

    PolicyText inline(String name) {
        return new PolicyText(services.inline().get(person, owner, name));
    }

    void putInline(String name, PolicyText text) {
        services.inline()
                .put(person, owner, name, Inputs.required(Inputs.body(text).document(), "document"));
    }

    void deleteInline(String name) {
        services.inline().delete(person, owner, name);
    }

    void limit(String arn) {
        services.boundaries().put(person, owner, Inputs.required(arn, "arn"));
    }

    void unlimit() {
        services.boundaries().delete(person, owner);
    }
}
