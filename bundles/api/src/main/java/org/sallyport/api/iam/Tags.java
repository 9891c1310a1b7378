package org.sallyport.api.iam;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

/**
 * Tags of users, roles, managed policies and instance profiles. The actions are {@code iam:TagUser} and its kind, with the keys
 * {@code aws:RequestTag/…} and {@code aws:TagKeys}. Any thread; blocks for the store.
 */
@ProviderType
public interface Tags {
    /**
     * Whose tags.
     *
     * @param kind not {@code GROUP}
     * @param name friendly name; of a policy its ARN
     */
    record Tagged(EntityKind kind, String name) {}

    /** Adds or replaces. Throws {@code NO_SUCH_ENTITY}, {@code LIMIT_EXCEEDED} (50), {@code INVALID_INPUT} for a key given twice or beginning with {@code aws:}. */
    void put(Principal caller, Tagged tagged, List<Tag> tags);

    /** Takes away; keys that are not there are no error. Throws {@code NO_SUCH_ENTITY}. */
    void remove(Principal caller, Tagged tagged, List<String> keys);

    /** By key. Throws {@code NO_SUCH_ENTITY}. */
    Page<Tag> list(Principal caller, Tagged tagged, PageRequest page);
}
