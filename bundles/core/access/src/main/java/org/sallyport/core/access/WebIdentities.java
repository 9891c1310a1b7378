package org.sallyport.core.access;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.IamError;
import org.sallyport.spi.identity.WebIdentityVerifier;
import org.sallyport.spi.identity.WebIdentityVerifier.Verified;
import org.sallyport.spi.identity.WebIdentityVerifier.WebIdentity;

/** The verifiers of web identities, one slot for each provider. */
@Component(service = WebIdentities.class)
public final class WebIdentities {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int LONGEST_TOKEN = 20_000;
    private static final String HTTPS = "https://";
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxStringLength(LONGEST_TOKEN)
                    .build())
            .build());
    private final Map<String, NavigableMap<ServiceReference<WebIdentityVerifier>, WebIdentityVerifier>> registered =
            new HashMap<>();
    private final Map<String, AdapterSlot<WebIdentityVerifier>> slots = new ConcurrentHashMap<>();

    /** Who showed a token. */
    record Shown(String provider, WebIdentity identity) {}

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void bindVerifier(WebIdentityVerifier verifier, ServiceReference<WebIdentityVerifier> reference) {
        String provider = provider(reference);
        registered.computeIfAbsent(provider, name -> new TreeMap<>()).put(reference, verifier);
        serveBest(provider);
    }

    synchronized void unbindVerifier(WebIdentityVerifier verifier, ServiceReference<WebIdentityVerifier> reference) {
        String provider = provider(reference);
        NavigableMap<ServiceReference<WebIdentityVerifier>, WebIdentityVerifier> left = registered.get(provider);
        if (left != null && left.remove(reference) != null) {
            serveBest(provider);
        }
    }

    @Deactivate
    synchronized void deactivate() {
        slots.values().forEach(AdapterSlot::close);
        slots.clear();
    }

    /**
     * @throws SallyportException {@code INVALID_IDENTITY_TOKEN}, {@code EXPIRED_TOKEN}, {@code IDP_REJECTED_CLAIM}, {@code IDP_COMMUNICATION_ERROR}
     */
    Shown verify(String token, Clock clock) {
        String provider = issuer(token);
        AdapterSlot<WebIdentityVerifier> slot = slots.get(provider);
        if (slot == null) {
            throw invalid("No OpenIDConnect provider found in your account for %s%s".formatted(HTTPS, provider), null);
        }
        Instant deadline = clock.instant().plus(LIMIT);
        Verified verified;
        try {
            verified = slot.call(LIMIT, verifier -> verifier.verify(token, deadline));
        } catch (SallyportException e) {
            throw new SallyportException(
                    IamError.IDP_COMMUNICATION_ERROR, "The identity provider cannot be asked now; try again.", e);
        }
        return new Shown(provider, verified.identity().orElseThrow(() -> fault(verified)));
    }

    /** Read without belief, to know whom to ask. */
    private static String issuer(String token) {
        String[] parts = token.split("\\.", 4);
        if (token.length() > LONGEST_TOKEN || parts.length != 3) {
            throw invalid("The ID Token provided is not a valid JWT.", null);
        }
        try {
            JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            String issuer = claims == null ? "" : claims.path("iss").asText("");
            if (issuer.startsWith(HTTPS) && issuer.length() <= 255) {
                return issuer.substring(HTTPS.length());
            }
            throw invalid("The token names no issuer.", null);
        } catch (IOException | IllegalArgumentException e) {
            throw invalid("The ID Token provided is not a valid JWT.", e);
        }
    }

    private static SallyportException fault(Verified verified) {
        return switch (verified.fault().orElseThrow()) {
            case INVALID -> invalid("The web identity token that was passed could not be validated.", null);
            case EXPIRED ->
                IamErrors.of(
                        IamError.EXPIRED_TOKEN, "The web identity token that was passed is expired or is not valid.");
            case REJECTED ->
                IamErrors.of(IamError.IDP_REJECTED_CLAIM, "The identity provider rejected the token's claims.");
        };
    }

    private static SallyportException invalid(String message, Exception cause) {
        return new SallyportException(IamError.INVALID_IDENTITY_TOKEN, message, cause);
    }

    /** The highest ranking serves; service references are ordered by it. */
    private void serveBest(String provider) {
        NavigableMap<ServiceReference<WebIdentityVerifier>, WebIdentityVerifier> here = registered.get(provider);
        if (here.isEmpty()) {
            registered.remove(provider);
            AdapterSlot<WebIdentityVerifier> slot = slots.remove(provider);
            if (slot != null) {
                slot.close();
            }
            return;
        }
        slots.computeIfAbsent(provider, name -> new AdapterSlot<>("web-identity"))
                .bind(here.lastEntry().getValue());
    }

    private static String provider(ServiceReference<WebIdentityVerifier> reference) {
        return String.valueOf(reference.getProperty(WebIdentityVerifier.PROVIDER));
    }
}
