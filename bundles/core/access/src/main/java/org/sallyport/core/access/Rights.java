package org.sallyport.core.access;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.iam.Simulations.Source;
import org.sallyport.core.access.Entitlements.Document;
import org.sallyport.spi.access.PolicyDocuments;
import org.sallyport.spi.access.PolicyLayer;

/**
 * All that decides one request.
 *
 * @param question the request with the condition keys that follow from principal, request and clock
 * @param documents by layer, each with its source
 */
record Rights(AccessRequest question, Map<PolicyLayer, List<Document>> documents) {
    PolicyDocuments policies() {
        return new PolicyDocuments(
                texts(PolicyLayer.IDENTITY),
                texts(PolicyLayer.BOUNDARY),
                texts(PolicyLayer.SESSION),
                texts(PolicyLayer.TRUST).stream().findFirst(),
                Optional.empty());
    }

    Map<PolicyLayer, List<Source>> sources() {
        Map<PolicyLayer, List<Source>> sources = new EnumMap<>(PolicyLayer.class);
        documents.forEach((layer, list) ->
                sources.put(layer, list.stream().map(Document::source).toList()));
        return sources;
    }

    /** Without any document nothing is allowed, and no adapter needs to say so. */
    boolean empty() {
        return texts(PolicyLayer.IDENTITY).isEmpty() && texts(PolicyLayer.TRUST).isEmpty();
    }

    private List<String> texts(PolicyLayer layer) {
        return documents.getOrDefault(layer, List.of()).stream()
                .map(Document::text)
                .toList();
    }
}
