package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.Principal;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.Tag;
import org.sallyport.api.iam.Tags;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.core.access.IamCore.Target;

/** Tags in the store. */
@Component(service = Tags.class)
public final class StoredTags implements Tags {

    private final IamCore core;

    @Activate
    public StoredTags(@Reference IamCore core) {
        this.core = core;
    }

    /** What is tagged, found inside of a transaction. */
    @FunctionalInterface
    private interface Found {
        String id(Connection connection) throws SQLException;
    }

    @Override
    public void put(Principal caller, Tagged tagged, List<Tag> tags) {
        Found found = require(caller, "iam:Tag" + word(tagged.kind()), tagged, Contexts.requestTags(tags));
        IamTexts.tags(tags);
        core.change(connection -> {
            String id = found.id(connection);
            for (Tag tag : tags) {
                TagTable.put(connection, id, tag);
            }
            if (TagTable.of(connection, id).size() > IamTexts.MOST_TAGS) {
                throw IamErrors.quota("TagsPer" + word(tagged.kind()), IamTexts.MOST_TAGS);
            }
            return null;
        });
    }

    @Override
    public void remove(Principal caller, Tagged tagged, List<String> keys) {
        Found found = require(caller, "iam:Untag" + word(tagged.kind()), tagged, Contexts.tagKeys(keys));
        core.change(connection -> {
            String id = found.id(connection);
            for (String key : keys) {
                TagTable.remove(connection, id, key);
            }
            return null;
        });
    }

    @Override
    public Page<Tag> list(Principal caller, Tagged tagged, PageRequest page) {
        Found found = require(caller, "iam:List" + word(tagged.kind()) + "Tags", tagged, Map.of());
        List<Tag> rows = core.read(connection ->
                TagTable.after(connection, found.id(connection), Markers.after(page), Markers.rows(page)));
        return Markers.page(rows, page, tag -> EntityTable.key(tag.key()), tag -> tag);
    }

    private Found require(Principal caller, String action, Tagged tagged, Map<String, List<String>> context) {
        if (tagged.kind() == EntityKind.POLICY) {
            core.requirePolicy(caller, action, tagged.name(), context);
            return connection -> own(core.policy(connection, tagged.name()));
        }
        Target target = core.require(caller, action, tagged.kind(), tagged.name(), context);
        return connection -> core.entity(connection, target).id();
    }

    private static String own(PolicyFinder.Found policy) {
        if (policy.builtIn()) {
            throw IamErrors.of(
                    IamError.UNMODIFIABLE_ENTITY,
                    "Policy %s comes with the server and has no tags.".formatted(policy.arn()));
        }
        return policy.id();
    }

    private static String word(EntityKind kind) {
        return switch (kind) {
            case USER -> "User";
            case ROLE -> "Role";
            case POLICY -> "Policy";
            case INSTANCE_PROFILE -> "InstanceProfile";
            case GROUP -> throw IamErrors.of(IamError.INVALID_INPUT, "A group has no tags.");
        };
    }
}
