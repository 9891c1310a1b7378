package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.ManagedPolicies;
import org.sallyport.api.iam.ManagedPolicy;
import org.sallyport.api.iam.PolicyVersion;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.core.access.BuiltInPolicies.BuiltIn;
import org.sallyport.core.access.EntityTable.Entity;
import org.sallyport.core.access.PolicyFinder.Found;
import org.sallyport.core.access.PolicyTable.Policy;
import org.sallyport.core.access.PolicyTable.Version;
import org.sallyport.spi.access.PolicyKind;

/** Managed policies: this account's in the store, those of the server in its bundle. */
@Component(service = ManagedPolicies.class)
public final class StoredPolicies implements ManagedPolicies {

    static final int MOST = 1_500;
    static final int MOST_VERSIONS = 5;
    private static final Pattern VERSION = Pattern.compile("v[1-9][0-9]{0,8}");
    private final IamCore core;
    private final DocumentChecks documents;

    @Activate
    public StoredPolicies(@Reference IamCore core, @Reference DocumentChecks documents) {
        this.core = core;
        this.documents = documents;
    }

    @Override
    public ManagedPolicy create(Principal caller, NewPolicy policy) {
        String arn = core.names().arn(EntityKind.POLICY, policy.path(), policy.name());
        core.requireNew(caller, "iam:CreatePolicy", arn, Contexts.requestTags(policy.tags()));
        if (!policy.tags().isEmpty()) {
            core.requireNew(caller, "iam:TagPolicy", arn, Contexts.requestTags(policy.tags()));
        }
        NewEntity entity =
                new NewEntity(EntityKind.POLICY, UniqueIds.policy(), policy.name(), policy.path(), policy.tags());
        entity.check();
        IamTexts.description(policy.description());
        documents.check(PolicyKind.MANAGED, policy.document());
        return core.change(connection -> {
            entity.checkFree(connection, MOST);
            Entity row = new Entity(entity.id(), policy.name(), policy.path(), core.now());
            PolicyTable.insert(connection, row, policy.description(), policy.document());
            entity.putTags(connection);
            return view(connection, core.policy(connection, arn), true);
        });
    }

    @Override
    public ManagedPolicy get(Principal caller, String arn) {
        core.requirePolicy(caller, "iam:GetPolicy", arn, Map.of());
        return core.read(connection -> view(connection, core.policy(connection, arn), true));
    }

    @Override
    public void delete(Principal caller, String arn) {
        core.requirePolicy(caller, "iam:DeletePolicy", arn, Map.of());
        core.change(connection -> {
            String id = own(connection, arn).entity().id();
            if (AttachmentTable.uses(connection, id) > 0 || AttachmentTable.limits(connection, id) > 0) {
                throw IamErrors.of(IamError.DELETE_CONFLICT, "Cannot delete a policy attached to entities.");
            }
            if (PolicyTable.versions(connection, id).size() > 1) {
                throw IamErrors.of(
                        IamError.DELETE_CONFLICT,
                        "This policy has more than one version. Before you delete a policy, you must delete the"
                                + " policy's versions. The default version is deleted with the policy.");
            }
            TagTable.removeAll(connection, id);
            PolicyTable.delete(connection, id);
            return null;
        });
    }

    @Override
    public Page<ManagedPolicy> list(Principal caller, Wanted wanted) {
        core.require(caller, "iam:ListPolicies");
        IamTexts.pathPrefix(wanted.listed().pathPrefix());
        return core.read(connection -> PolicyPages.page(connection, core.policies(), wanted, this::brief));
    }

    @Override
    public PolicyVersion createVersion(Principal caller, String arn, String document, boolean setAsDefault) {
        core.requirePolicy(caller, "iam:CreatePolicyVersion", arn, Map.of());
        documents.check(PolicyKind.MANAGED, document);
        return core.change(connection -> {
            Policy row = own(connection, arn);
            String id = row.entity().id();
            if (PolicyTable.versions(connection, id).size() >= MOST_VERSIONS) {
                throw IamErrors.of(
                        IamError.LIMIT_EXCEEDED,
                        "A managed policy can have up to %d versions. Before you create a new version, you must delete an"
                                        .formatted(MOST_VERSIONS)
                                + " existing version.");
            }
            Version version = new Version(row.newestVersion() + 1, document, core.now());
            PolicyTable.insertVersion(connection, id, version);
            int standard = setAsDefault ? version.number() : row.defaultVersion();
            PolicyTable.update(connection, id, standard, version.number(), core.now());
            return version(version, standard);
        });
    }

    @Override
    public PolicyVersion version(Principal caller, String arn, String versionId) {
        core.requirePolicy(caller, "iam:GetPolicyVersion", arn, Map.of());
        return core.read(connection -> versions(connection, core.policy(connection, arn)).stream()
                .filter(version -> version.id().equals(versionId))
                .findFirst()
                .orElseThrow(() -> absent(arn, versionId)));
    }

    @Override
    public Page<PolicyVersion> versions(Principal caller, String arn, PageRequest page) {
        core.requirePolicy(caller, "iam:ListPolicyVersions", arn, Map.of());
        List<PolicyVersion> all = core.read(connection -> versions(connection, core.policy(connection, arn)));
        // newest first: the key counts down
        return Markers.cut(
                all,
                page,
                version -> "%010d"
                        .formatted(Integer.MAX_VALUE - number(version.id()).orElseThrow()),
                version -> version);
    }

    @Override
    public void setDefault(Principal caller, String arn, String versionId) {
        core.requirePolicy(caller, "iam:SetDefaultPolicyVersion", arn, Map.of());
        core.change(connection -> {
            Policy row = own(connection, arn);
            Version version = existing(connection, row, arn, versionId);
            PolicyTable.update(connection, row.entity().id(), version.number(), row.newestVersion(), core.now());
            return null;
        });
    }

    @Override
    public void deleteVersion(Principal caller, String arn, String versionId) {
        core.requirePolicy(caller, "iam:DeletePolicyVersion", arn, Map.of());
        core.change(connection -> {
            Policy row = own(connection, arn);
            Version version = existing(connection, row, arn, versionId);
            if (version.number() == row.defaultVersion()) {
                throw IamErrors.of(IamError.DELETE_CONFLICT, "Cannot delete the default version of a policy.");
            }
            return PolicyTable.deleteVersion(connection, row.entity().id(), version.number());
        });
    }

    private Policy own(Connection connection, String arn) throws SQLException {
        return core.policy(connection, arn)
                .row()
                .orElseThrow(() -> IamErrors.of(
                        IamError.UNMODIFIABLE_ENTITY,
                        "Policy %s comes with the server and cannot be changed.".formatted(arn)));
    }

    private static Version existing(Connection connection, Policy row, String arn, String versionId)
            throws SQLException {
        OptionalInt wanted = number(versionId);
        return PolicyTable.versions(connection, row.entity().id()).stream()
                .filter(version -> wanted.isPresent() && version.number() == wanted.getAsInt())
                .findFirst()
                .orElseThrow(() -> absent(arn, versionId));
    }

    static List<PolicyVersion> versions(Connection connection, Found found) throws SQLException {
        if (found.builtIn()) {
            String document = BuiltInPolicies.byId(found.id()).orElseThrow().document();
            return List.of(new PolicyVersion("v1", document, true, Instant.EPOCH));
        }
        int standard = found.row().orElseThrow().defaultVersion();
        return PolicyTable.versions(connection, found.id()).stream()
                .map(version -> version(version, standard))
                .toList();
    }

    private static PolicyVersion version(Version version, int standard) {
        return new PolicyVersion(
                "v" + version.number(), version.document(), version.number() == standard, version.created());
    }

    private static OptionalInt number(String versionId) {
        return VERSION.matcher(versionId).matches()
                ? OptionalInt.of(Integer.parseInt(versionId.substring(1)))
                : OptionalInt.empty();
    }

    private static SallyportException absent(String arn, String versionId) {
        return IamErrors.of(
                IamError.NO_SUCH_ENTITY,
                "Policy %s version %s does not exist or is not attachable.".formatted(arn, versionId));
    }

    private ManagedPolicy brief(Connection connection, Found found) throws SQLException {
        return view(connection, found, false);
    }

    static ManagedPolicy view(Connection connection, Found found, boolean whole) throws SQLException {
        Optional<Policy> row = found.row();
        String builtInText =
                BuiltInPolicies.byId(found.id()).map(BuiltIn::description).orElse("");
        return new ManagedPolicy(
                found.id(),
                found.name(),
                found.path(),
                found.arn(),
                "v" + row.map(Policy::defaultVersion).orElse(1),
                AttachmentTable.uses(connection, found.id()),
                AttachmentTable.limits(connection, found.id()),
                whole ? row.map(Policy::description).orElse(builtInText) : "",
                row.map(policy -> policy.entity().created()).orElse(Instant.EPOCH),
                row.map(Policy::updated).orElse(Instant.EPOCH),
                whole ? TagTable.of(connection, found.id()) : List.of());
    }
}
