package org.sallyport.api.node;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

/** Hybrid activations. Each call asks the decision point first. Any thread; blocks for store and adapter. */
@ProviderType
public interface Activations {

    /**
     * What a new activation is to be.
     *
     * @param expires empty for 24 hours from now
     */
    record NewActivation(
            String description,
            Optional<String> defaultInstanceName,
            String role,
            int limit,
            Optional<Instant> expires,
            Map<String, String> tags,
            ActivationOptions options) {
        public NewActivation(
                String description,
                Optional<String> defaultInstanceName,
                String role,
                int limit,
                Optional<Instant> expires,
                Map<String, String> tags) {
            this(description, defaultInstanceName, role, limit, expires, tags, ActivationOptions.NONE);
        }
    }

    /** A new activation with its code, which is shown this once. {@code toString} hides the code. */
    record Created(Activation activation, String code) {
        @Override
        public String toString() {
            return "Created[" + activation.id() + "]";
        }
    }

    /**
     * A filter of {@link #list}; all must match, within one any of the values.
     *
     * @param key {@code ActivationIds}, {@code DefaultInstanceName} or {@code IamRole}
     */
    record Filter(String key, List<String> values) {}

    /** Makes an activation ({@code ssm:CreateActivation}). Throws {@code ROLE_UNKNOWN}, {@code INVALID_ARGUMENT}. */
    Created create(Principal caller, NewActivation wanted);

    /** Activations that match ({@code ssm:DescribeActivations}). */
    Page<Activation> list(Principal caller, List<Filter> filters, PageRequest page);

    /** Deletes one ({@code ssm:DeleteActivation}); nodes registered by it stay. Throws {@code ACTIVATION_UNKNOWN}. */
    void delete(Principal caller, String activationId);
}
