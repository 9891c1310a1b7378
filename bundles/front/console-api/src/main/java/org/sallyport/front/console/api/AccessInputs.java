package org.sallyport.front.console.api;

import java.util.List;
import java.util.Map;
import org.sallyport.api.access.Principal;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.Listed;
import org.sallyport.api.iam.Tags;
import org.sallyport.api.iam.Tags.Tagged;
import org.sallyport.front.console.api.NodeActionsResource.TagChange;

/** What the requests about access have in common. */
final class AccessInputs {
    private AccessInputs() {}

    /** @param text what the names have in them; null for all */
    static Listed listed(String text, Integer max, String next) {
        return new Listed("/", Inputs.text(text).orElse(""), Paging.request(max, next));
    }

    static String path(String given) {
        return Inputs.text(given).orElse("/");
    }

    /** Takes away and sets; a change of nothing is asked for too, so that who may not change tags hears it. */
    static void change(Tags tags, Principal person, EntityKind kind, String name, TagChange wanted) {
        Tagged tagged = new Tagged(kind, name);
        List<String> remove = wanted.remove() == null ? List.of() : wanted.remove();
        Map<String, String> set = wanted.set() == null ? Map.of() : wanted.set();
        if (!remove.isEmpty()) {
            tags.remove(person, tagged, remove);
        }
        if (!set.isEmpty() || remove.isEmpty()) {
            tags.put(person, tagged, AccessViews.tags(set));
        }
    }
}
