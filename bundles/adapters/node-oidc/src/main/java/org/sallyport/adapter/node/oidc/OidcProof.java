package org.sallyport.adapter.node.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
import org.sallyport.adapter.issuer.IssuerKeys;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.store.Records;
import org.sallyport.spi.node.NodeProof;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Admits nodes by a token of one issuer, once each, by rules on its claims. They are hybrid nodes: tiers gate and count them. */
@Component(
        service = NodeProof.class,
        configurationPid = OidcProof.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = OidcConfig.class, factory = true)
public final class OidcProof implements NodeProof {
    static final String PID = "org.sallyport.adapter.node.oidc";

    private static final Logger LOG = LoggerFactory.getLogger(OidcProof.class);

    private static final int SUBJECT = 255;
    private static final int SKEW_SECONDS = 60;

    private final Clock clock;
    private final UsedTokens used;
    private final Duration longestLife;
    private final List<ClaimRule> rules;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    private record Checked(JWTClaimsSet claims, String signed) {}

    /** @throws IllegalArgumentException for settings that cannot be, so that the log says which */
    @Activate
    public OidcProof(@Reference Records records, OidcConfig config) {
        this(records, Clock.systemUTC(), config);
    }

    OidcProof(Records records, Clock clock, OidcConfig config) {
        this.clock = clock;
        this.used = new UsedTokens(records);
        this.longestLife = Duration.ofSeconds(config.longest_life_s());
        this.rules = Arrays.stream(config.rules()).map(ClaimRule::parse).toList();
        if (config.issuer().isEmpty() || config.audience().isEmpty()) {
            throw new IllegalArgumentException("issuer and audience must be set");
        }
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                IssuerKeys.ALGORITHMS, new IssuerKeys(config.ca_file(), config.allowed_addresses()).at(config.jwks())));
        Times times = new Times(
                config.audience(),
                new JWTClaimsSet.Builder().issuer(config.issuer()).build(),
                Set.of("sub", "iat", "exp"));
        times.setMaxClockSkew(SKEW_SECONDS);
        processor.setJWTClaimsSetVerifier(times);
    }

    /** The library's checks by this adapter's clock. */
    private final class Times extends DefaultJWTClaimsVerifier<SecurityContext> {
        Times(String audience, JWTClaimsSet exact, Set<String> required) {
            super(audience, exact, required);
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }

    @Override
    public Proven prove(Shown shown, Instant deadline) {
        Checked token = checked(shown);
        Map<String, Object> claims = token.claims().getClaims();
        ClaimRule rule = rules.stream()
                .filter(one -> one.fits(claims))
                .findFirst()
                .orElseThrow(() -> refused(shown, "no rule lets its subject in", null));
        Instant expires = token.claims().getExpirationTime().toInstant().plusSeconds(SKEW_SECONDS);
        String receipt = used.use(token.signed(), expires, clock.instant())
                .orElseThrow(() -> refused(shown, "it was used already; get a new one", null));
        Map<String, String> tags = new HashMap<>();
        rule.tags().forEach((key, template) -> tags.put(key, ClaimRule.filled(template, claims)));
        return new Proven(
                cut(token.claims().getSubject()) + " of " + cut(token.claims().getIssuer()),
                Optional.empty(),
                Optional.of(rule.role()),
                rule.name().map(template -> ClaimRule.filled(template, claims)).filter(name -> !name.isBlank()),
                tags,
                rule.approval(),
                receipt);
    }

    @Override
    public void release(Proven proven, Instant deadline) {
        used.release(proven.receipt());
    }

    private Checked checked(Shown shown) {
        try {
            SignedJWT token = SignedJWT.parse(shown.document().strip());
            JWTClaimsSet claims = processor.process(token, null);
            if (claims.getSubject().isBlank()) {
                throw refused(shown, "it names no subject", null);
            }
            Duration life = Duration.between(
                    claims.getIssueTime().toInstant(),
                    claims.getExpirationTime().toInstant());
            if (life.compareTo(longestLife) > 0) {
                throw refused(shown, "it lives for more than " + longestLife.toSeconds() + " seconds", null);
            }
            return new Checked(claims, new String(token.getSigningInput(), java.nio.charset.StandardCharsets.US_ASCII));
        } catch (ParseException e) {
            throw refused(shown, "it cannot be read as a signed token", e);
        } catch (BadJOSEException e) {
            throw refused(shown, "its signature, issuer, audience or time is wrong", e);
        } catch (JOSEException e) {
            throw refused(shown, "the issuer's keys cannot be had now", e);
        } catch (RuntimeException e) {
            if (e instanceof SallyportException) {
                throw e;
            }
            throw refused(shown, "it cannot be read as a signed token", e);
        }
    }

    /** The log has the reason in full; who asks is a stranger and gets a short one. */
    private static SallyportException refused(Shown shown, String why, Exception cause) {
        LOG.info(
                "a token from {} is refused: {}{}",
                shown.sourceAddress(),
                why,
                cause instanceof BadJOSEException || cause instanceof JOSEException ? ": " + cause.getMessage() : "");
        return new SallyportException(NodeError.PROOF_REFUSED, "The token is refused: " + why + ".", cause);
    }

    private static String cut(String text) {
        return text.length() > SUBJECT ? text.substring(0, SUBJECT) : text;
    }
}
