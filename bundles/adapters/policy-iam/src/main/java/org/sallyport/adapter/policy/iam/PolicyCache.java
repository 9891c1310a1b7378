package org.sallyport.adapter.policy.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sallyport.adapter.policy.iam.document.MalformedPolicyException;
import org.sallyport.adapter.policy.iam.document.Policy;
import org.sallyport.adapter.policy.iam.evaluate.Layer;
import org.sallyport.adapter.policy.iam.evaluate.PolicySet;
import org.sallyport.adapter.policy.iam.evaluate.ResourceLayer;
import org.sallyport.spi.access.PolicyDocuments;
import org.sallyport.spi.access.PolicyKind;
import org.sallyport.spi.access.PolicyLayer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiled documents by their text, and compiled sets of them by the documents that they are made of: never decisions. Each holds a bounded number
 * of characters of documents; when it is full, what was not used for longest is compiled again at its next use. Many threads.
 */
final class PolicyCache {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyCache.class);

    private final LeastRecent<Key, Optional<Policy>> documents;
    private final LeastRecent<PolicyDocuments, Optional<PolicySet>> sets;

    private record Key(PolicyKind kind, String text) {}

    /**
     * @param capacity characters of documents, for single documents and for sets of them each
     */
    PolicyCache(long capacity) {
        documents = new LeastRecent<>(capacity, key -> key.text().length());
        sets = new LeastRecent<>(capacity, PolicyCache::characters);
    }

    private static long characters(PolicyDocuments policies) {
        long all = 1;
        for (List<String> layer : List.of(policies.identity(), policies.boundary(), policies.session())) {
            all += layer.stream().mapToLong(String::length).sum();
        }
        return all
                + policies.trust().map(String::length).orElse(0)
                + policies.resource().map(String::length).orElse(0);
    }

    /** The compiled set; empty when one of its documents is malformed, which is remembered as well. */
    Optional<PolicySet> get(PolicyDocuments policies) {
        Optional<Optional<PolicySet>> known = sets.get(policies);
        if (known.isPresent()) {
            return known.get();
        }
        Optional<PolicySet> fresh = compile(policies);
        sets.put(policies, fresh);
        return fresh;
    }

    private Optional<PolicySet> compile(PolicyDocuments policies) {
        Optional<Layer> identity = layer(PolicyLayer.IDENTITY, policies.identity());
        Optional<Layer> boundary = layer(PolicyLayer.BOUNDARY, policies.boundary());
        Optional<Layer> session = layer(PolicyLayer.SESSION, policies.session());
        Optional<ResourceLayer> trust = resource(PolicyLayer.TRUST, PolicyKind.TRUST, policies.trust());
        Optional<ResourceLayer> resource = resource(PolicyLayer.RESOURCE, PolicyKind.RESOURCE, policies.resource());
        if (identity.isEmpty()
                || boundary.isEmpty()
                || session.isEmpty()
                || trust.isPresent() != policies.trust().isPresent()
                || resource.isPresent() != policies.resource().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new PolicySet(
                identity.get(),
                boundary.filter(layer -> !policies.boundary().isEmpty()),
                session.filter(layer -> !policies.session().isEmpty()),
                trust,
                resource));
    }

    private Optional<Layer> layer(PolicyLayer name, List<String> texts) {
        List<Policy> policies = new ArrayList<>();
        for (String text : texts) {
            Optional<Policy> policy = get(PolicyKind.INPUT, text);
            if (policy.isEmpty()) {
                return Optional.empty();
            }
            policies.add(policy.get());
        }
        return Optional.of(new Layer(name, policies));
    }

    private Optional<ResourceLayer> resource(PolicyLayer name, PolicyKind kind, Optional<String> text) {
        return text.flatMap(document -> get(kind, document)).map(policy -> new ResourceLayer(name, policy));
    }

    /** The compiled document; empty when it is malformed. */
    Optional<Policy> get(PolicyKind kind, String text) {
        Key key = new Key(kind, text);
        Optional<Optional<Policy>> known = documents.get(key);
        if (known.isPresent()) {
            return known.get();
        }
        Optional<Policy> fresh = compile(kind, text);
        documents.put(key, fresh);
        return fresh;
    }

    private static Optional<Policy> compile(PolicyKind kind, String text) {
        try {
            return Optional.of(Policy.parse(kind, text));
        } catch (MalformedPolicyException e) {
            LOG.warn("A policy is malformed and denies everything to who has it: {} {}", e.getMessage(), e.detail());
            return Optional.empty();
        }
    }

    int size() {
        return documents.size();
    }
}
