package org.sallyport.core.access;

import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.InlinePolicies;
import org.sallyport.api.iam.Owner;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.core.access.IamCore.Target;
import org.sallyport.core.access.InlineTable.Inline;
import org.sallyport.spi.access.PolicyKind;

/** Policies in line, in the store. */
@Component(service = InlinePolicies.class)
public final class StoredInlinePolicies implements InlinePolicies {

    private final IamCore core;
    private final DocumentChecks documents;

    @Activate
    public StoredInlinePolicies(@Reference IamCore core, @Reference DocumentChecks documents) {
        this.core = core;
        this.documents = documents;
    }

    @Override
    public void put(Principal caller, Owner owner, String policyName, String document) {
        Target target = require(caller, "iam:Put", owner);
        IamTexts.name("policyName", policyName, 128);
        PolicyKind kind = kind(owner);
        int characters = documents.check(kind, document);
        core.change(connection -> {
            String id = core.entity(connection, target).id();
            int most = kind.quota().orElseThrow();
            if (InlineTable.charactersWithout(connection, id, policyName) + characters > most) {
                throw IamErrors.of(
                        IamError.LIMIT_EXCEEDED,
                        "Maximum policy size of %d bytes exceeded for %s %s"
                                .formatted(most, Owners.word(owner).toLowerCase(Locale.ROOT), owner.name()));
            }
            InlineTable.put(connection, new Inline(id, policyName, document), characters);
            return null;
        });
    }

    @Override
    public String get(Principal caller, Owner owner, String policyName) {
        Target target = require(caller, "iam:Get", owner);
        return core.read(connection -> InlineTable.document(
                        connection, core.entity(connection, target).id(), policyName))
                .orElseThrow(() -> absent(owner, policyName));
    }

    @Override
    public void delete(Principal caller, Owner owner, String policyName) {
        Target target = require(caller, "iam:Delete", owner);
        core.change(connection -> {
            if (InlineTable.delete(connection, core.entity(connection, target).id(), policyName) == 0) {
                throw absent(owner, policyName);
            }
            return null;
        });
    }

    @Override
    public Page<String> list(Principal caller, Owner owner, PageRequest page) {
        Target target = core.require(caller, "iam:List" + Owners.word(owner) + "Policies", owner.kind(), owner.name());
        List<String> rows = core.read(connection -> InlineTable.names(
                connection, core.entity(connection, target).id(), Markers.after(page), Markers.rows(page)));
        return Markers.page(rows, page, name -> name, name -> name);
    }

    private Target require(Principal caller, String verb, Owner owner) {
        return core.require(caller, verb + Owners.word(owner) + "Policy", owner.kind(), owner.name());
    }

    private static PolicyKind kind(Owner owner) {
        return switch (owner.kind()) {
            case USER -> PolicyKind.USER_INLINE;
            case GROUP -> PolicyKind.GROUP_INLINE;
            case ROLE -> PolicyKind.ROLE_INLINE;
            case POLICY, INSTANCE_PROFILE -> throw new IllegalStateException("no owner of policies");
        };
    }

    private static SallyportException absent(Owner owner, String policyName) {
        return IamErrors.of(
                IamError.NO_SUCH_ENTITY,
                "The %s policy with name %s cannot be found."
                        .formatted(Owners.word(owner).toLowerCase(Locale.ROOT), policyName));
    }
}
