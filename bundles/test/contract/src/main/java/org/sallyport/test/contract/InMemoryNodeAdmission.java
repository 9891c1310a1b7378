package org.sallyport.test.contract;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.Activation;
import org.sallyport.api.node.Activations.Created;
import org.sallyport.api.node.Activations.Filter;
import org.sallyport.api.node.Activations.NewActivation;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.spi.node.NodeAdmission;

/** {@link NodeAdmission} for tests: everything in memory, codes as they are. Never for a server. */
public final class InMemoryNodeAdmission implements NodeAdmission {
    private final Clock clock;
    private final TreeMap<String, Held> held = new TreeMap<>();

    private record Held(Activation activation, String code, Set<String> receipts) {
        Activation now() {
            return new Activation(
                    activation.id(),
                    activation.description(),
                    activation.defaultInstanceName(),
                    activation.role(),
                    activation.limit(),
                    receipts.size(),
                    activation.created(),
                    activation.expires(),
                    activation.tags(),
                    activation.options());
        }
    }

    public InMemoryNodeAdmission(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Created create(NewActivation wanted, Instant expires, Instant deadline) {
        Activation activation = new Activation(
                UUID.randomUUID().toString(),
                wanted.description(),
                wanted.defaultInstanceName(),
                wanted.role(),
                wanted.limit(),
                0,
                clock.instant(),
                expires,
                wanted.tags(),
                wanted.options());
        String code = UUID.randomUUID().toString();
        held.put(activation.id(), new Held(activation, code, new HashSet<>()));
        return new Created(activation, code);
    }

    @Override
    public synchronized Page<Activation> list(List<Filter> filters, PageRequest page, Instant deadline) {
        List<Activation> found = held.tailMap(page.token().orElse(""), false).values().stream()
                .map(Held::now)
                .filter(a -> filters.stream().allMatch(f -> f.values().contains(value(a, f.key()))))
                .limit(page.maxItems() + 1L)
                .toList();
        if (found.size() <= page.maxItems()) {
            return new Page<>(found, Optional.empty());
        }
        List<Activation> items = found.subList(0, page.maxItems());
        return new Page<>(items, Optional.of(items.get(items.size() - 1).id()));
    }

    @Override
    public synchronized boolean delete(String activationId, Instant deadline) {
        return held.remove(activationId) != null;
    }

    @Override
    public synchronized Admission admit(String activationId, String code, String sourceAddress, Instant deadline) {
        Held one = held.get(activationId);
        if (one == null
                || !one.code().equals(code)
                || one.activation().expiredAt(clock.instant())
                || !one.activation().options().admits(sourceAddress)
                || one.receipts().size() >= one.activation().limit()) {
            throw new SallyportException(NodeError.ACTIVATION_REFUSED, "The activation is refused; make a new one.");
        }
        String receipt = UUID.randomUUID().toString();
        one.receipts().add(receipt);
        Activation activation = one.activation();
        Map<String, String> tags = activation.tags();
        return new Admission(
                activation.id(),
                activation.role(),
                activation.defaultInstanceName(),
                tags,
                receipt,
                activation.options().approval());
    }

    @Override
    public synchronized void release(Admission admission, Instant deadline) {
        Held one = held.get(admission.activationId());
        if (one != null) {
            one.receipts().remove(admission.receipt());
        }
    }

    private static String value(Activation activation, String key) {
        return switch (key) {
            case "ActivationIds" -> activation.id();
            case "DefaultInstanceName" -> activation.defaultInstanceName().orElse("");
            case "IamRole" -> activation.role();
            default -> throw new IllegalArgumentException("no filter " + key);
        };
    }
}
