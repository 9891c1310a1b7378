package org.sallyport.spi.node;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.sallyport.api.node.Activation;
import org.sallyport.api.node.Activations;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

/**
 * Keeps hybrid activations and admits the nodes that show one.
 *
 * <p>Called by the node engine, in a bounded pool, never on a network thread. One service for each way of joining, property
 * {@value #METHOD}; the higher {@code service.ranking} serves. Absent, that way of joining is closed and activations cannot be
 * read. Many threads call at once; a call blocks until its deadline at most. The code is secret: only a hash of it is kept, it is
 * compared in constant time, and it appears in no log or message.
 */
@ConsumerType
public interface NodeAdmission {
    /** Service property: name of the way of joining. */
    String METHOD = "sallyport.node.admission";

    /** Value of {@link #METHOD} for hybrid activations. */
    String ACTIVATION = "activation";

    /**
     * What an admitted node gets.
     *
     * @param receipt is given back to {@link #release} when the registration fails after all
     * @param approval whether a person must let the node in before it works
     */
    record Admission(
            String activationId,
            String role,
            Optional<String> name,
            Map<String, String> tags,
            String receipt,
            boolean approval) {
        public Admission(
                String activationId, String role, Optional<String> name, Map<String, String> tags, String receipt) {
            this(activationId, role, name, tags, receipt, false);
        }
    }

    /** Makes an activation; the values are already checked. */
    Activations.Created create(Activations.NewActivation wanted, Instant expires, Instant deadline);

    /** Activations that match, by id. */
    Page<Activation> list(List<Activations.Filter> filters, PageRequest page, Instant deadline);

    /** Deletes one; false when there is none of that id. */
    boolean delete(String activationId, Instant deadline);

    /**
     * Takes one registration of an activation. Of any number of simultaneous calls exactly {@code limit} succeed.
     *
     * @param sourceAddress where the node asks from, in text form
     * @throws org.sallyport.api.error.SallyportException {@code ACTIVATION_REFUSED}, with one text for unknown id, wrong code,
     *     expired, used up and an address that the activation does not allow
     */
    Admission admit(String activationId, String code, String sourceAddress, Instant deadline);

    /** Gives a registration back that did not lead to a node. */
    void release(Admission admission, Instant deadline);
}
