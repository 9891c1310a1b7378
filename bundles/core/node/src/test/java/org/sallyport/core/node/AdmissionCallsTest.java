package org.sallyport.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.node.Errors.assertFails;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.node.Activation;
import org.sallyport.api.node.Activations.Created;
import org.sallyport.api.node.Activations.Filter;
import org.sallyport.api.node.Activations.NewActivation;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.spi.node.NodeAdmission;
import org.sallyport.test.database.SettableClock;
import org.sallyport.test.stores.TestStore;

@Tag("store")
class AdmissionCallsTest {
    private final TestStore store = TestStore.ofBundle("org.sallyport.core.node");
    private final SettableClock clock = new SettableClock(World.START);
    private final AdmissionCalls calls = new AdmissionCalls(store, clock, Duration.ofSeconds(30));
    private final AdmissionCalls impatient = new AdmissionCalls(store, clock, Duration.ofMillis(200));

    @AfterEach
    void close() {
        calls.deactivate();
        impatient.deactivate();
        store.close();
    }

    @Test
    void withoutAnAdapterTheServiceIsAway() {
        assertFails(CommonError.SERVICE_AWAY, () -> calls.admit("id", "code", "192.0.2.1"))
                .contains("install");
    }

    @Test
    void theAdapterRunsInItsOwnThreadWithADeadline() {
        calls.bindAdmission(new Scripted());

        String thread = calls.call((adapter, deadline) -> {
            assertThat(deadline).isEqualTo(World.START.plusSeconds(30));
            return Thread.currentThread().getName();
        });

        assertThat(thread).startsWith("sallyport-core.node-admission-");
    }

    @Test
    void anAdapterThatHangsCostsABoundedTimeAndIsInterrupted() {
        CountDownLatch interrupted = new CountDownLatch(1);
        impatient.bindAdmission(new Scripted());

        assertFails(
                        CommonError.SERVICE_AWAY,
                        () -> impatient.call((adapter, deadline) -> {
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                interrupted.countDown();
                            }
                            return null;
                        }))
                .contains("did not answer within 200 ms");

        await().until(() -> interrupted.getCount() == 0);
    }

    @Test
    void aRegistrationGrantedTooLateIsGivenBack() {
        Scripted slow = new Scripted();
        impatient.bindAdmission(slow);

        assertFails(CommonError.SERVICE_AWAY, () -> impatient.admit("id", "code", "192.0.2.1"));
        slow.mayGrant.countDown();

        await().untilAsserted(() -> assertThat(slow.released).isCompletedWithValue("receipt"));
    }

    @Test
    void aRegistrationInTimeIsKept() {
        Scripted quick = new Scripted();
        quick.mayGrant.countDown();
        calls.bindAdmission(quick);

        assertThat(calls.admit("id", "code", "192.0.2.1").receipt()).isEqualTo("receipt");
        assertThat(quick.released).isNotDone();
    }

    @Test
    void aFailureOfTheAdapterIsNoFailureOfTheServer() {
        calls.bindAdmission(new Scripted());

        assertFails(
                        CommonError.SERVICE_AWAY,
                        () -> calls.call((adapter, deadline) -> {
                            throw new IllegalStateException("broken inside");
                        }))
                .doesNotContain("broken inside");
    }

    @Test
    void afterASwapTheSuccessorAnswers() {
        Scripted old = new Scripted();
        Scripted next = new Scripted();
        calls.bindAdmission(old);
        calls.bindAdmission(next);
        calls.unbindAdmission(old);

        NodeAdmission asked = calls.call((adapter, deadline) -> adapter);

        assertThat(asked).isSameAs(next);
    }

    @Test
    void aSwapWaitsForTheCallUnderWay() {
        Scripted old = new Scripted();
        Scripted next = new Scripted();
        calls.bindAdmission(old);

        NodeAdmission asked = calls.call((adapter, deadline) -> {
            CompletableFuture<Void> swap = CompletableFuture.runAsync(() -> calls.bindAdmission(next));
            await().until(() -> calls.call((now, d) -> now) == next);
            assertThat(swap).isNotDone();
            return adapter;
        });

        assertThat(asked).isSameAs(old);
    }

    @Test
    void theAdapterIsNotAskedInsideATransaction() {
        calls.bindAdmission(new Scripted());

        assertThatThrownBy(() -> store.run(c -> calls.call((adapter, deadline) -> "asked")))
                .isInstanceOf(IllegalStateException.class);
    }

    /** Grants once it may, whatever interrupts say, and remembers what was given back. */
    private static final class Scripted implements NodeAdmission {
        final CountDownLatch mayGrant = new CountDownLatch(1);
        final CompletableFuture<String> released = new CompletableFuture<>();

        @Override
        public Admission admit(String activationId, String code, String sourceAddress, Instant deadline) {
            boolean granted = false;
            while (!granted) {
                try {
                    mayGrant.await();
                    granted = true;
                } catch (InterruptedException e) {
                    // an adapter that does not listen is what this one plays
                    granted = false;
                }
            }
            return new Admission(activationId, "Role", Optional.empty(), Map.of(), "receipt");
        }

        @Override
        public void release(Admission admission, Instant deadline) {
            released.complete(admission.receipt());
        }

        @Override
        public Created create(NewActivation wanted, Instant expires, Instant deadline) {
            throw new IllegalStateException("not played");
        }

        @Override
        public Page<Activation> list(List<Filter> filters, PageRequest page, Instant deadline) {
            return new Page<>(List.of(), Optional.empty());
        }

        @Override
        public boolean delete(String activationId, Instant deadline) {
            return false;
        }
    }
}
