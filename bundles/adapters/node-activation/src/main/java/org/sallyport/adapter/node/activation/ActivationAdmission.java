package org.sallyport.adapter.node.activation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.Activation;
import org.sallyport.api.node.Activations.Created;
import org.sallyport.api.node.Activations.Filter;
import org.sallyport.api.node.Activations.NewActivation;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.api.store.Records;
import org.sallyport.spi.node.NodeAdmission;

/**
 * Hybrid activations in the records of this bundle, one record each. Registrations are counted by compare-and-set, so the limit holds for any
 * number of simultaneous callers and servers.
 */
@Component(service = NodeAdmission.class, property = NodeAdmission.METHOD + "=" + NodeAdmission.ACTIVATION)
public final class ActivationAdmission implements NodeAdmission {
    private static final int ID_LENGTH = 36;

    private final Records records;
    private final Clock clock;
    private final Codes codes = new Codes();

    /** Nodes of one activation take turns here, so that they do not spoil each other's compare-and-set. */
    private final Turns turns = new Turns();

    private final ActivationList list;

    @Activate
    public ActivationAdmission(@Reference Records records) {
        this(records, Clock.systemUTC());
    }

    ActivationAdmission(Records records, Clock clock) {
        this.records = records;
        this.clock = clock;
        this.list = new ActivationList(records);
    }

    @Override
    public Created create(NewActivation wanted, Instant expires, Instant deadline) {
        String id = UUID.randomUUID().toString();
        String code = codes.code();
        StoredActivation made = StoredActivation.of(id, wanted, clock.instant(), expires, codes.hash(code));
        records.put(ActivationList.key(id), ActivationJson.write(made), Records.ABSENT)
                .orElseThrow(() -> new SallyportException(
                        CommonError.INTERNAL, "The new activation id " + id + " is taken; try again."));
        return new Created(made.activation(), code);
    }

    @Override
    public Page<Activation> list(List<Filter> filters, PageRequest page, Instant deadline) {
        return list.page(filters, page);
    }

    @Override
    public boolean delete(String activationId, Instant deadline) {
        while (true) {
            Optional<Records.Entry> entry = entry(activationId);
            if (entry.isEmpty()) {
                return false;
            }
            if (records.delete(entry.get().key(), entry.get().revision())) {
                return true;
            }
            checkInTime(deadline);
        }
    }

    @Override
    public Admission admit(String activationId, String code, String sourceAddress, Instant deadline) {
        ReentrantLock turn = turns.of(activationId);
        await(turn, deadline);
        try {
            return taken(activationId, code, sourceAddress, deadline);
        } finally {
            turn.unlock();
        }
    }

    private Admission taken(String activationId, String code, String sourceAddress, Instant deadline) {
        String receipt = codes.receipt();
        while (true) {
            Optional<Records.Entry> entry = entry(activationId);
            Optional<StoredActivation> known = entry.map(e -> ActivationJson.read(e.key(), e.value()));
            boolean right =
                    Codes.matches(code, known.map(StoredActivation::code).orElse(codes.nobody()));
            if (!right || known.isEmpty() || !known.get().admits(clock.instant(), sourceAddress)) {
                throw refused();
            }
            StoredActivation taken = known.get().with(receipt);
            if (write(entry.get(), taken)) {
                Activation a = taken.activation();
                return new Admission(
                        a.id(),
                        a.role(),
                        a.defaultInstanceName(),
                        a.tags(),
                        receipt,
                        a.options().approval());
            }
            checkInTime(deadline);
        }
    }

    @Override
    public void release(Admission admission, Instant deadline) {
        change(admission.activationId(), held -> held.without(admission.receipt()), deadline);
    }

    private void change(String id, UnaryOperator<StoredActivation> change, Instant deadline) {
        while (true) {
            Optional<Records.Entry> entry = entry(id);
            if (entry.isEmpty()) {
                return;
            }
            StoredActivation before =
                    ActivationJson.read(entry.get().key(), entry.get().value());
            if (write(entry.get(), change.apply(before))) {
                return;
            }
            checkInTime(deadline);
        }
    }

    private Optional<Records.Entry> entry(String activationId) {
        return activationId.length() == ID_LENGTH ? records.get(ActivationList.key(activationId)) : Optional.empty();
    }

    private boolean write(Records.Entry seen, StoredActivation changed) {
        return records.put(seen.key(), ActivationJson.write(changed), seen.revision())
                .isPresent();
    }

    private void await(ReentrantLock turn, Instant deadline) {
        try {
            long left = Duration.between(clock.instant(), deadline).toMillis();
            if (!turn.tryLock(Math.max(0, left), TimeUnit.MILLISECONDS)) {
                throw late();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw late();
        }
    }

    private void checkInTime(Instant deadline) {
        if (clock.instant().isAfter(deadline)) {
            throw late();
        }
    }

    private static SallyportException late() {
        return new SallyportException(
                CommonError.SERVICE_AWAY, "The activation is being used by too many nodes at once; try again.");
    }

    /** One text for everything, so that nobody learns which ids exist or which codes were right once. */
    private static SallyportException refused() {
        return new SallyportException(
                NodeError.ACTIVATION_REFUSED,
                "The activation id or code is wrong, or the activation is expired, deleted, used up or not for this"
                        + " address."
                        + " Check both as they were shown, or make a new activation and register with that.");
    }
}
