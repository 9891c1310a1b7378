package org.sallyport.adapter.policy.iam.document;

import java.util.List;
import java.util.Optional;

/** A statement of right syntax, as written. */
record RawStatement(
        String sid,
        String effect,
        Optional<Element> actions,
        Optional<Element> resources,
        Optional<PrincipalElement> principals,
        List<RawCondition> conditions,
        Span span) {

    /** Action, NotAction, Resource or NotResource. */
    record Element(List<String> texts, boolean negated) {
        Element {
            texts = List.copyOf(texts);
        }
    }

    /** One key under one operator. */
    record RawCondition(String operator, String key, List<String> values) {
        RawCondition {
            values = List.copyOf(values);
        }
    }
}
