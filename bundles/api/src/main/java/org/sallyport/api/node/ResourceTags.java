package org.sallyport.api.node;

import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;

/**
 * Tags of managed nodes. Each call asks the decision point first, with {@code aws:RequestTag/…} and {@code aws:TagKeys} of the request. Any
 * thread; blocks for the store. Throws {@code RESOURCE_TYPE_UNKNOWN} for any type but {@link #NODE} and {@code RESOURCE_UNKNOWN}.
 */
@ProviderType
public interface ResourceTags {
    /** AWS's name for the type of a node; here of cloud instances as well. */
    String NODE = "ManagedInstance";

    /**
     * Adds tags, in place of those with the same keys ({@code ssm:AddTagsToResource}). A thing has 50 at most; keys have 1 to 128 characters,
     * values up to 256: letters, digits, spaces and {@code _.:/=+-@}; keys do not begin with {@code aws:}. Throws {@code TOO_MANY_TAGS},
     * {@code INVALID_ARGUMENT}.
     */
    void add(Principal caller, String type, String id, Map<String, String> tags);

    /** Removes tags; keys that are not there are no failure ({@code ssm:RemoveTagsFromResource}). */
    void remove(Principal caller, String type, String id, Set<String> keys);

    /** The tags by their keys, in order ({@code ssm:ListTagsForResource}). */
    Map<String, String> list(Principal caller, String type, String id);
}
