package org.sallyport.adapter.identity.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.sallyport.adapter.issuer.IssuerKeys;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.spi.identity.WebIdentityVerifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies ID tokens, and access tokens that are JWTs, of one issuer. A token may be shown as often as its holder wants until it is over. */
@Component(
        service = WebIdentityVerifier.class,
        configurationPid = OidcVerifier.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = VerifierConfig.class, factory = true)
public final class OidcVerifier implements WebIdentityVerifier {
    static final String PID = "org.sallyport.adapter.identity.oidc";

    private static final Logger LOG = LoggerFactory.getLogger(OidcVerifier.class);
    private static final int LONGEST_SUBJECT = 255;
    private static final int MOST_CLAIMS = 50;

    /** RFC 9068 gives access tokens a type of their own; none, and JWT, is what most issuers write. */
    private static final DefaultJOSEObjectTypeVerifier<SecurityContext> TYPES =
            new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null);

    private final Clock clock;
    private final String issuer;
    private final List<String> audiences;
    private final List<String> claims;
    private final Duration leeway;
    private final Duration longestLife;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /** @throws IllegalArgumentException for settings that cannot be, so that the log says which */
    @Activate
    public OidcVerifier(VerifierConfig config) {
        this(Clock.systemUTC(), config);
    }

    OidcVerifier(Clock clock, VerifierConfig config) {
        this.clock = clock;
        this.issuer = "https://" + config.sallyport_identity_provider();
        this.audiences = List.of(config.audiences());
        this.claims = List.of(config.claims());
        this.leeway = within("leeway.s", config.leeway_s(), 0, 300);
        this.longestLife = within("longest.life.s", config.longest_life_s(), 60, 86_400);
        String provider = config.sallyport_identity_provider();
        if (provider.isEmpty() || provider.contains("://") || provider.length() > LONGEST_SUBJECT) {
            throw new IllegalArgumentException(
                    "sallyport.identity.provider: '" + provider + "' is no issuer without https://");
        }
        if (audiences.isEmpty() || claims.size() > MOST_CLAIMS) {
            throw new IllegalArgumentException("audiences must be set, and claims be 50 at most");
        }
        IssuerKeys keys = new IssuerKeys(config.ca_file(), config.allowed_addresses());
        processor.setJWSTypeVerifier(TYPES);
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                algorithms(config.algorithms()),
                config.jwks().isEmpty() ? keys.discovered(issuer) : keys.at(config.jwks())));
        // issuer, times and audience are looked at here, since each has a fault of its own
        processor.setJWTClaimsSetVerifier(null);
    }

    @Override
    public Verified verify(String token, Instant deadline) {
        JWTClaimsSet said;
        try {
            said = processor.process(SignedJWT.parse(token), null);
        } catch (ParseException | BadJOSEException e) {
            return wrong(Fault.INVALID, "it cannot be read, or its signature is wrong");
        } catch (JOSEException e) {
            LOG.warn("The keys of {} cannot be had: {}", issuer, e.getMessage());
            throw new SallyportException(
                    AccessError.PROVIDER_UNAVAILABLE, "The keys of " + issuer + " cannot be had now.", e);
        } catch (RuntimeException e) {
            // the library's readers throw more than they say
            return wrong(Fault.INVALID, "it cannot be read");
        }
        try {
            return judge(said, clock.instant());
        } catch (ParseException e) {
            return wrong(Fault.INVALID, "a claim is of another form");
        }
    }

    private Verified judge(JWTClaimsSet said, Instant now) throws ParseException {
        String subject = said.getSubject();
        Date issued = said.getIssueTime();
        Date expires = said.getExpirationTime();
        if (!issuer.equals(said.getIssuer()) || issued == null || expires == null) {
            return wrong(Fault.INVALID, "it is another issuer's, or lacks iat or exp");
        }
        if (subject == null || subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
            return wrong(Fault.INVALID, "it names no subject");
        }
        if (!now.isBefore(expires.toInstant().plus(leeway))) {
            return wrong(Fault.EXPIRED, "it is over");
        }
        Date from = said.getNotBeforeTime();
        Instant latest = now.plus(leeway);
        if (issued.toInstant().isAfter(latest)
                || from != null && from.toInstant().isAfter(latest)) {
            return wrong(Fault.REJECTED, "it is not yet valid");
        }
        if (Duration.between(issued.toInstant(), expires.toInstant()).compareTo(longestLife) > 0) {
            return wrong(Fault.REJECTED, "it lives for more than " + longestLife.toSeconds() + " seconds");
        }
        Optional<String> audience =
                audiences.stream().filter(said.getAudience()::contains).findFirst();
        Claims read = new Claims(said.getClaims());
        Optional<Map<String, String>> tags = read.tags();
        if (audience.isEmpty() || tags.isEmpty()) {
            return wrong(
                    Fault.REJECTED,
                    audience.isEmpty() ? "it is for another audience" : "its session tags cannot be given");
        }
        return Verified.of(new WebIdentity(subject, audience.get(), read.chosen(claims), tags.get()));
    }

    /** The log has the reason in full; who asks is a stranger. */
    private Verified wrong(Fault fault, String why) {
        LOG.info("a token of {} is refused: {}", issuer, why);
        return Verified.wrong(fault);
    }

    private static Set<JWSAlgorithm> algorithms(String... names) {
        Set<JWSAlgorithm> wanted = Arrays.stream(names).map(JWSAlgorithm::parse).collect(Collectors.toSet());
        if (wanted.isEmpty() || !IssuerKeys.ALGORITHMS.containsAll(wanted)) {
            throw new IllegalArgumentException("algorithms: " + String.join(", ", names) + " are not all of "
                    + IssuerKeys.ALGORITHMS.stream()
                            .map(JWSAlgorithm::getName)
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }
        return wanted;
    }

    private static Duration within(String setting, int seconds, int least, int most) {
        if (seconds < least || seconds > most) {
            throw new IllegalArgumentException(setting + " must be " + least + " to " + most + ", was " + seconds);
        }
        return Duration.ofSeconds(seconds);
    }
}
