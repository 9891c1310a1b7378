package org.sallyport.adapter.node.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.ErrorCode;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.Activations.Created;
import org.sallyport.api.node.Activations.Filter;
import org.sallyport.api.node.Activations.NewActivation;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.page.PageRequest;
import org.sallyport.api.store.Records;
import org.sallyport.spi.node.NodeAdmission;
import org.sallyport.spi.node.NodeAdmission.Admission;
import org.sallyport.test.contract.NodeAdmissionContract;
import org.sallyport.test.contract.Race;
import org.sallyport.test.stores.TestRecords;

@Tag("store")
class ActivationAdmissionTest extends NodeAdmissionContract {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant DEADLINE = NOW.plusSeconds(5);

    private static final String SOURCE = "192.0.2.7";

    private final Records records = TestRecords.empty();
    private final ActivationAdmission admission = at(NOW);

    @Override
    protected NodeAdmission emptyAdmission() {
        return new ActivationAdmission(TestRecords.empty());
    }

    @Test
    void admitsUntilTheInstantOfExpiry() {
        Created created = admission.create(wanted(2), NOW.plusSeconds(60), DEADLINE);
        String id = created.activation().id();

        assertThat(at(NOW.plusSeconds(59)).admit(id, created.code(), SOURCE, NOW.plusSeconds(99)))
                .isNotNull();
        assertCode(NodeError.ACTIVATION_REFUSED, () -> at(NOW.plusSeconds(60))
                .admit(id, created.code(), SOURCE, NOW.plusSeconds(99)));
    }

    @Test
    void activationsOutliveTheAdapter() {
        Created created = create(1);

        Admission admitted = at(NOW).admit(created.activation().id(), created.code(), SOURCE, DEADLINE);

        assertThat(admitted.activationId()).isEqualTo(created.activation().id());
        assertCode(NodeError.ACTIVATION_REFUSED, () -> at(NOW).admit(
                        created.activation().id(), created.code(), SOURCE, DEADLINE));
    }

    @Test
    void recordsOfBeforeThereWereOptionsHaveNone() {
        Created created = create(1);
        overwrite(created, record(created).replace(",\"sources\":[],\"approval\":false", ""));

        assertThat(record(created)).doesNotContain("sources");
        assertThat(admission.list(List.of(), PageRequest.first(1), DEADLINE).items())
                .containsExactly(created.activation());
        assertThat(admission
                        .admit(created.activation().id(), created.code(), SOURCE, DEADLINE)
                        .approval())
                .isFalse();
    }

    /** As many as an activation can be for, all at the same moment, each trying again as agents do. */
    @Test
    void ofAThousandAtOnceExactlyTheLimitIsAdmitted() throws Exception {
        ActivationAdmission real = new ActivationAdmission(records);
        Created created = real.create(wanted(400), Instant.now().plusSeconds(3600), soon());

        List<Boolean> admitted = Race.of(1000, () -> {
            while (true) {
                try {
                    real.admit(created.activation().id(), created.code(), SOURCE, soon());
                    return true;
                } catch (SallyportException e) {
                    if (e.code() == NodeError.ACTIVATION_REFUSED) {
                        return false;
                    }
                    assertThat(e.code()).isEqualTo(CommonError.SERVICE_AWAY);
                }
            }
        });

        assertThat(admitted.stream().filter(yes -> yes)).hasSize(400);
        assertThat(real.list(List.of(), PageRequest.first(1), soon())
                        .items()
                        .get(0)
                        .registrations())
                .isEqualTo(400);
    }

    private static Instant soon() {
        return Instant.now().plusSeconds(5);
    }

    @Test
    void theCodeIsNotKept() {
        Created created = create(1);

        assertThat(record(created)).doesNotContain(created.code()).contains("\"hash\"");
    }

    @Test
    void theSameCodeIsHashedDifferentlyEachTime() {
        Codes codes = new Codes();

        assertThat(codes.hash("code").hash()).isNotEqualTo(codes.hash("code").hash());
    }

    @Test
    void aRecordThatWasTamperedWithIsRefusedByName() {
        Created created = create(1);
        String good = record(created);
        List<String> damaged = List.of(
                "",
                "null",
                good + "1",
                good.replace("\"format\":1", "\"format\":2"),
                good.replace("\"limit\":1", "\"limit\":1,\"limit\":1000"),
                good.replace("\"limit\":1", "\"limit\":null"),
                good.replace("\"limit\":1", "\"limit\":1,\"more\":true"),
                good.replace("\"role\":\"NodeRole\"", "\"role\":null"),
                good.replace("\"receipts\":[]", "\"receipts\":" + "[".repeat(50) + "]".repeat(50)));

        for (String json : damaged) {
            assertThat(json).isNotEqualTo(good);
            overwrite(created, json);
            assertThatThrownBy(() -> admission.admit(created.activation().id(), created.code(), SOURCE, DEADLINE))
                    .as(json)
                    .isInstanceOfSatisfying(
                            SallyportException.class, e -> assertThat(e.code()).isEqualTo(CommonError.INTERNAL))
                    .hasMessageContaining(created.activation().id());
        }
        assertThat(admission.delete(created.activation().id(), DEADLINE)).isTrue();
    }

    @Test
    void aTokenOfAnotherListIsRefused() {
        create(1);
        for (String token : List.of("", "!", "bm9kZXM", "a".repeat(5000))) {
            assertCode(
                    CommonError.INVALID_NEXT_TOKEN,
                    () -> admission.list(List.of(), new PageRequest(1, Optional.of(token)), DEADLINE));
        }
    }

    @Test
    void anUnknownFilterIsRefused() {
        create(1);
        assertCode(
                CommonError.INVALID_ARGUMENT,
                () -> admission.list(List.of(new Filter("Code", List.of("x"))), PageRequest.first(1), DEADLINE));
    }

    @Test
    void gettingNowhereEndsAtTheDeadline() {
        Created created = create(1);
        Records contended = new Records() {
            @Override
            public Optional<Entry> get(String key) {
                return records.get(key);
            }

            @Override
            public Optional<Long> put(String key, byte[] value, long expectedRevision) {
                return Optional.empty();
            }

            @Override
            public boolean delete(String key, long expectedRevision) {
                return false;
            }

            @Override
            public List<Entry> scan(String prefix, String afterKey, int limit) {
                return records.scan(prefix, afterKey, limit);
            }
        };
        ActivationAdmission late = new ActivationAdmission(contended, clock(DEADLINE.plusMillis(1)));
        String id = created.activation().id();

        assertCode(CommonError.SERVICE_AWAY, () -> late.admit(id, created.code(), SOURCE, DEADLINE));
        assertCode(CommonError.SERVICE_AWAY, () -> late.delete(id, DEADLINE));
        assertCode(
                CommonError.SERVICE_AWAY,
                () -> late.release(new Admission(id, "NodeRole", Optional.empty(), Map.of(), "r"), DEADLINE));
    }

    private Created create(int limit) {
        return admission.create(wanted(limit), NOW.plus(Duration.ofDays(1)), DEADLINE);
    }

    private static NewActivation wanted(int limit) {
        return new NewActivation("", Optional.empty(), "NodeRole", limit, Optional.empty(), Map.of());
    }

    private ActivationAdmission at(Instant now) {
        return new ActivationAdmission(records, clock(now));
    }

    private static Clock clock(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private String record(Created created) {
        return new String(entry(created).value(), StandardCharsets.UTF_8);
    }

    private Records.Entry entry(Created created) {
        return records.get("activation/" + created.activation().id()).orElseThrow();
    }

    private void overwrite(Created created, String json) {
        Records.Entry entry = entry(created);
        records.put(entry.key(), json.getBytes(StandardCharsets.UTF_8), entry.revision())
                .orElseThrow();
    }

    private static void assertCode(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SallyportException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
