package org.sallyport.front.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.Activation;
import org.sallyport.api.node.Activations;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

/** One activation, and what it was asked for. */
final class FakeActivations implements Activations {
    static final String ID = "11111111-2222-3333-4444-555555555555";

    NewActivation wanted;
    List<Filter> filters = new ArrayList<>();
    PageRequest page;

    @Override
    public Created create(Principal caller, NewActivation wanted) {
        this.wanted = wanted;
        return new Created(activation(wanted.tags()), "CodeCodeCodeCodeCode");
    }

    @Override
    public Page<Activation> list(Principal caller, List<Filter> filters, PageRequest page) {
        this.filters = filters;
        this.page = page;
        return new Page<>(List.of(activation(Map.of("team", "blue"))), Optional.of("next"));
    }

    @Override
    public void delete(Principal caller, String activationId) {
        if (!activationId.equals(ID)) {
            throw new SallyportException(NodeError.ACTIVATION_UNKNOWN, "No activation " + activationId);
        }
    }

    private static Activation activation(Map<String, String> tags) {
        return new Activation(
                ID,
                "for the cellar",
                Optional.of("cellar"),
                "SSMServiceRole",
                5,
                1,
                Instant.parse("2026-03-01T12:00:00.250Z"),
                Instant.parse("2026-03-02T12:00:00Z"),
                tags);
    }
}
