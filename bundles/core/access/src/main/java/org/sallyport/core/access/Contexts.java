package org.sallyport.core.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.iam.Tag;

/** Condition keys of IAM's own actions. */
final class Contexts {
    private Contexts() {}

    static Map<String, List<String>> resourceTags(List<Tag> tags) {
        Map<String, List<String>> context = new HashMap<>();
        for (Tag tag : tags) {
            context.put("aws:ResourceTag/" + tag.key(), List.of(tag.value()));
            context.put("iam:ResourceTag/" + tag.key(), List.of(tag.value()));
        }
        return context;
    }

    static Map<String, List<String>> requestTags(List<Tag> tags) {
        Map<String, List<String>> context = new HashMap<>();
        for (Tag tag : tags) {
            context.put("aws:RequestTag/" + tag.key(), List.of(tag.value()));
        }
        if (!tags.isEmpty()) {
            context.put("aws:TagKeys", tags.stream().map(Tag::key).toList());
        }
        return context;
    }

    static Map<String, List<String>> tagKeys(List<String> keys) {
        return keys.isEmpty() ? Map.of() : Map.of("aws:TagKeys", keys);
    }

    static Map<String, List<String>> policyArn(String arn) {
        return Map.of("iam:PolicyARN", List.of(arn));
    }

    static Map<String, List<String>> boundary(Optional<String> arn) {
        return arn.map(text -> Map.of("iam:PermissionsBoundary", List.of(text))).orElse(Map.of());
    }

    static Map<String, List<String>> both(Map<String, List<String>> one, Map<String, List<String>> other) {
        Map<String, List<String>> all = new HashMap<>(one);
        all.putAll(other);
        return all;
    }
}
