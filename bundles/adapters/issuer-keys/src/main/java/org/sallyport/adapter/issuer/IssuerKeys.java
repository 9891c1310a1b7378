package org.sallyport.adapter.issuer;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.sallyport.api.node.AddressRange;

/**
 * The keys that an issuer signs with: from a file, an address, or where its discovery document says. Fetched when they are needed, kept for five
 * minutes, and fetched anew for a key that is not among them, twice in 30 seconds at most.
 */
public final class IssuerKeys {
    /** With public keys only: a shared secret would be known to whoever shows the token. */
    public static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration WAIT = Duration.ofSeconds(4);
    private static final Duration EACH = Duration.ofSeconds(30);

    private final GuardedFetch fetch;

    /**
     * @param caFile certificates in PEM that addresses are believed by; the platform's when empty
     * @param allowedAddresses ranges of loopback and link-local addresses that may be fetched from
     * @throws IllegalArgumentException that names the setting
     */
    public IssuerKeys(String caFile, String... allowedAddresses) {
        List<AddressRange> allowed = Arrays.stream(allowedAddresses)
                .map(text -> AddressRange.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "allowed.addresses: '" + text + "' is no range of addresses")))
                .toList();
        fetch = new GuardedFetch(caFile, allowed);
    }

    /**
     * @param jwks an https address, or a file
     * @throws IllegalArgumentException that names the setting
     */
    public JWKSource<SecurityContext> at(String jwks) {
        if (jwks.startsWith("https://")) {
            return source(jwks, fetch);
        }
        try {
            return new ImmutableJWKSet<>(JWKSet.load(Path.of(jwks).toFile()));
        } catch (IOException | ParseException e) {
            throw new IllegalArgumentException("jwks: " + jwks + " cannot be read as keys", e);
        }
    }

    /** @param issuer https address, without a slash at its end */
    public JWKSource<SecurityContext> discovered(String issuer) {
        return source(issuer + Discovery.PATH, new Discovery(fetch, issuer));
    }

    private static JWKSource<SecurityContext> source(String address, ResourceRetriever retriever) {
        try {
            return JWKSourceBuilder.create(URI.create(address).toURL(), retriever)
                    .cache(KEPT.toMillis(), WAIT.toMillis())
                    .refreshAheadCache(false)
                    .rateLimited(EACH.toMillis())
                    .build();
        } catch (IllegalArgumentException | MalformedURLException e) {
            throw new IllegalArgumentException(address + " is no address to fetch keys from", e);
        }
    }
}
