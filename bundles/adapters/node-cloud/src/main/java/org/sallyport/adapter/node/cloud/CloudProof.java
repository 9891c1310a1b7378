package org.sallyport.adapter.node.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.store.Records;
import org.sallyport.spi.node.NodeProof;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits cloud instances by the document that their cloud signed. A document stays the same from start to stop of its instance, so it must come
 * soon after the start, and for each instance only a newer start than the last one counts.
 */
@Component(
        service = NodeProof.class,
        property = NodeProof.METHOD + "=cloud",
        configurationPid = CloudProof.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = CloudConfig.class)
public final class CloudProof implements NodeProof {
    static final String PID = "org.sallyport.adapter.node.cloud";

    private static final Logger LOG = LoggerFactory.getLogger(CloudProof.class);
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final String PREFIX = "instance/";
    private static final Map<String, String> TAGS = Map.of(
            "cloud-account", "accountId",
            "cloud-region", "region",
            "cloud-image", "imageId");

    private final Records records;
    private final Clock clock;
    private final List<X509Certificate> certificates;
    private final Set<String> accounts;
    private final Set<String> regions;
    private final Duration oldest;
    private final List<ProfileRule> profiles;
    private final boolean approval;

    /** @throws IllegalArgumentException for settings that cannot be, so that the log says which */
    @Activate
    public CloudProof(@Reference Records records, CloudConfig config) {
        this(records, Clock.systemUTC(), config);
    }

    CloudProof(Records records, Clock clock, CloudConfig config) {
        this.records = records;
        this.clock = clock;
        this.certificates = Arrays.stream(config.certificates())
                .flatMap(file -> certificates(Path.of(file)).stream())
                .toList();
        this.accounts = Set.copyOf(Arrays.asList(config.accounts()));
        this.regions = Set.copyOf(Arrays.asList(config.regions()));
        this.oldest = Duration.ofMinutes(config.max_age_min());
        this.profiles = Arrays.stream(config.instance_profiles())
                .map(ProfileRule::parse)
                .toList();
        this.approval = config.approval();
        if (oldest.isNegative() || oldest.isZero()) {
            throw new IllegalArgumentException("max.age.min must be 1 or more");
        }
    }

    @Override
    public Proven prove(Shown shown, Instant deadline) {
        try {
            IdentityDocument document = IdentityDocument.parse(SignedDocument.verified(shown.document(), valid()));
            check(document);
            String receipt = useUp(document);
            return new Proven(
                    document.instanceId() + " of " + document.member("accountId") + " in " + document.member("region"),
                    Optional.of(document.instanceId()),
                    profiles.stream()
                            .filter(rule -> rule.fits(document))
                            .map(ProfileRule::role)
                            .findFirst(),
                    Optional.empty(),
                    tags(document),
                    approval,
                    receipt);
        } catch (RefusedException e) {
            LOG.info("an identity document from {} is refused: {}", shown.sourceAddress(), e.getMessage());
            throw new SallyportException(
                    NodeError.PROOF_REFUSED, "The instance identity document is refused: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public void release(Proven proven, Instant deadline) {
        String[] parts = proven.receipt().split("/", 2);
        String key = PREFIX + proven.nodeId().orElseThrow();
        long revision = Long.parseLong(parts[0]);
        if (parts[1].isEmpty()) {
            records.delete(key, revision);
        } else {
            records.put(key, parts[1].getBytes(StandardCharsets.US_ASCII), revision);
        }
    }

    private void check(IdentityDocument document) throws RefusedException {
        if (!accounts.contains(document.member("accountId"))) {
            throw new RefusedException("it is of an account whose instances may not come in");
        }
        if (!regions.isEmpty() && !regions.contains(document.member("region"))) {
            throw new RefusedException("it is of a region whose instances may not come in");
        }
        Instant now = clock.instant();
        if (document.pendingTime().isAfter(now.plus(SKEW))) {
            throw new RefusedException(
                    "the instance would be started at a time that is not yet; check the server's clock");
        }
        if (document.pendingTime().isBefore(now.minus(oldest))) {
            throw new RefusedException("the instance was started more than " + oldest.toMinutes()
                    + " minutes ago; stop and start it, or register it with an activation");
        }
    }

    /** Notes the start; of any number of calls with one document, one gets through. */
    private String useUp(IdentityDocument document) throws RefusedException {
        String key = PREFIX + document.instanceId();
        String start = document.pendingTime().toString();
        Optional<Records.Entry> before = records.get(key);
        String earlier = before.map(e -> new String(e.value(), StandardCharsets.US_ASCII))
                .orElse("");
        if (!earlier.isEmpty() && !document.pendingTime().isAfter(Instant.parse(earlier))) {
            throw used();
        }
        long revision = records.put(
                        key,
                        start.getBytes(StandardCharsets.US_ASCII),
                        before.map(Records.Entry::revision).orElse(Records.ABSENT))
                .orElseThrow(CloudProof::used);
        return revision + "/" + earlier;
    }

    private static RefusedException used() {
        return new RefusedException("it was used already; stop and start the instance to get a new one");
    }

    private List<X509Certificate> valid() throws RefusedException {
        Date now = Date.from(clock.instant());
        List<X509Certificate> valid = certificates.stream()
                .filter(c -> !now.before(c.getNotBefore()) && !now.after(c.getNotAfter()))
                .toList();
        if (valid.isEmpty()) {
            throw new RefusedException("no certificate is configured that is valid now");
        }
        return valid;
    }

    private static Map<String, String> tags(IdentityDocument document) {
        Map<String, String> tags = new HashMap<>();
        TAGS.forEach((tag, member) -> {
            if (document.member(member).matches("[A-Za-z0-9_.:/=+@-]{1,256}")) {
                tags.put(tag, document.member(member));
            }
        });
        return tags;
    }

    private static List<X509Certificate> certificates(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> found = new ArrayList<>();
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                X509Certificate one = (X509Certificate) certificate;
                if (!(one.getPublicKey() instanceof RSAPublicKey)) {
                    throw new CertificateException("a certificate is not of an RSA key");
                }
                found.add(one);
            }
            return found;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("certificates: " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
