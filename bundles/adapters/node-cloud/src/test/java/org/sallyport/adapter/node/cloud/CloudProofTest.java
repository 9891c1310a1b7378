package org.sallyport.adapter.node.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.store.Records;
import org.sallyport.spi.node.NodeProof;
import org.sallyport.spi.node.NodeProof.Proven;
import org.sallyport.spi.node.NodeProof.Shown;
import org.sallyport.test.contract.NodeProofContract;
import org.sallyport.test.stores.TestRecords;

@Tag("store")
class CloudProofTest extends NodeProofContract {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ACCOUNT = "123456789012";
    private static final String INSTANCE = "i-1234567890abcdef0";

    @TempDir
    private Path folder;

    private final Records records = TestRecords.empty();
    private TestCloud cloud;
    private String certificate;
    private int instances;

    @BeforeEach
    void makeCloud() throws Exception {
        if (cloud != null) {
            return; // the suite asked for it before
        }
        cloud = new TestCloud(NOW.minusSeconds(60), NOW.plus(Duration.ofDays(365)));
        certificate = cloud.pem(folder).toString();
    }

    @Override
    protected NodeProof emptyProof() throws Exception {
        makeCloud();
        return new CloudProof(TestRecords.empty(), clock(NOW), config());
    }

    @Override
    protected String freshDocument() throws Exception {
        String instance = "i-%017x".formatted(++instances);
        return cloud.signed(TestCloud.document(instance, NOW.minusSeconds(30), ACCOUNT));
    }

    @Test
    void bothFormsProveTheInstanceWithItsProfile() throws Exception {
        String document = TestCloud.document(INSTANCE, NOW.minusSeconds(30), ACCOUNT);

        Proven proven = at(NOW).prove(shown(cloud.message(document, "SHA256withRSA")), NOW);

        assertThat(proven.nodeId()).contains(INSTANCE);
        assertThat(proven.role()).contains("WebRole");
        assertThat(proven.subject()).contains(ACCOUNT, "us-west-2");
        assertThat(proven.tags()).containsEntry("cloud-account", ACCOUNT).containsEntry("cloud-image", "ami-5fb8c835");
        refused(cloud.signed(document), "used already");
    }

    @Test
    void anInstanceThatNoRuleFitsActsWithTheDefaultRole() throws Exception {
        Proven proven = at(NOW, config("imageId=ami-other:WebRole"))
                .prove(shown(cloud.signed(TestCloud.document(INSTANCE, NOW, ACCOUNT))), NOW);

        assertThat(proven.role()).isEmpty();
    }

    @Test
    void aRuleMayNameAnInstanceProfile() throws Exception {
        Proven proven = at(NOW, config("region=us-west-2:instance-profile/Web"))
                .prove(shown(cloud.signed(TestCloud.document(INSTANCE, NOW, ACCOUNT))), NOW);

        assertThat(proven.role()).contains(Proven.PROFILE + "Web");
    }

    @Test
    void onlyANewerStartOfTheInstanceCounts() throws Exception {
        at(NOW).prove(shown(cloud.signed(TestCloud.document(INSTANCE, NOW, ACCOUNT))), NOW);

        refused(cloud.signed(TestCloud.document(INSTANCE, NOW.minusSeconds(1), ACCOUNT)), "used already");
        Proven again =
                at(NOW).prove(shown(cloud.signed(TestCloud.document(INSTANCE, NOW.plusSeconds(1), ACCOUNT))), NOW);
        at(NOW).release(again, NOW);
        refused(cloud.signed(TestCloud.document(INSTANCE, NOW, ACCOUNT)), "used already");
        at(NOW).prove(shown(cloud.signed(TestCloud.document(INSTANCE, NOW.plusSeconds(1), ACCOUNT))), NOW);
    }

    @Test
    void oldAndFutureStartsAreRefused() throws Exception {
        refused(cloud.signed(TestCloud.document(INSTANCE, NOW.minusSeconds(30 * 60 + 1), ACCOUNT)), "30 minutes ago");
        refused(cloud.signed(TestCloud.document(INSTANCE, NOW.plusSeconds(301), ACCOUNT)), "not yet");
        at(NOW).prove(shown(cloud.signed(TestCloud.document(INSTANCE, NOW.minusSeconds(30 * 60), ACCOUNT))), NOW);
    }

    @Test
    void forgedDocumentsAreRefused() throws Exception {
        TestCloud thief = new TestCloud(NOW.minusSeconds(60), NOW.plus(Duration.ofDays(1)));
        String document = TestCloud.document(INSTANCE, NOW, ACCOUNT);
        String signed = cloud.signed(document);

        refused(thief.signed(document), "no certificate");
        refused(thief.message(document, "SHA256withRSA"), "no certificate");
        refused(cloud.message(document, "SHA1withRSA"), "SHA-256");
        refused(signed.replace("i-1234567890abcdef0", "i-1234567890abcdef1"), "no certificate");
        refused(signed.replace("t2.micro", "t2.Micro"), "no certificate");
        refused(cloud.signed(TestCloud.document("mi-1234567890abcdef0", NOW, ACCOUNT)), "names no instance");
        refused(cloud.signed(TestCloud.document(INSTANCE, NOW, "999999999999")), "account");
        refused(cloud.signed("{\"instanceId\":\"" + INSTANCE + "\",\"instanceId\":\"i-00000000\"}"), "cannot be read");
    }

    @Test
    void aCertificateCountsInItsTimeOnly() throws Exception {
        String document = cloud.signed(TestCloud.document(INSTANCE, NOW.plus(Duration.ofDays(366)), ACCOUNT));

        assertThatThrownBy(() -> at(NOW.plus(Duration.ofDays(366))).prove(shown(document), NOW))
                .hasMessageContaining("no certificate is configured that is valid now");
    }

    @Test
    void settingsThatCannotBeAreNamed() {
        for (String rule : List.of("WebRole", "imageId:WebRole", "owner=me:WebRole", "imageId=x:")) {
            assertThatThrownBy(() -> at(NOW, config(rule)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("instance.profiles");
        }
    }

    private void refused(String document, String why) {
        assertThatThrownBy(() -> at(NOW).prove(shown(document), NOW))
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(NodeError.PROOF_REFUSED))
                .hasMessageContaining(why);
    }

    private static Shown shown(String document) {
        return new Shown(document, SOURCE);
    }

    private CloudProof at(Instant now) {
        return at(now, config());
    }

    private CloudProof at(Instant now, CloudConfig config) {
        return new CloudProof(records, clock(now), config);
    }

    private static Clock clock(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private CloudConfig config() {
        return config("accountId=" + ACCOUNT + ",imageId=ami-5fb8c835:WebRole");
    }

    private CloudConfig config(String... profiles) {
        String file = Optional.ofNullable(certificate).orElseThrow();
        return new CloudConfig() {
            @Override
            public String[] certificates() {
                return new String[] {file};
            }

            @Override
            public String[] accounts() {
                return new String[] {ACCOUNT};
            }

            @Override
            public String[] regions() {
                return new String[] {"us-west-2"};
            }

            @Override
            public int max_age_min() {
                return 30;
            }

            @Override
            public String[] instance_profiles() {
                return profiles;
            }

            @Override
            public boolean approval() {
                return false;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return CloudConfig.class;
            }
        };
    }
}
