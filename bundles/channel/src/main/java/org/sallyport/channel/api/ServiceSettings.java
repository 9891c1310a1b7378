package org.sallyport.channel.api;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.protocol.sigv4.SigningCredentials;

/**
 * Where a service is and how to speak to it.
 *
 * @param endpoint {@code https://host[:port]}, a path is kept as prefix
 * @param region of the credential scope
 * @param trust whom to believe
 * @param proxy how to get there
 * @param credentials asked once for each signed request; may throw when there are none
 * @param deadline for one attempt, from connecting to the last byte of the answer
 * @param attempts at most this many in all, 1 or more
 */
public record ServiceSettings(
        URI endpoint,
        String region,
        CaTrust trust,
        ProxySettings proxy,
        Supplier<SigningCredentials> credentials,
        Duration deadline,
        int attempts) {
    public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(15);
    public static final int DEFAULT_ATTEMPTS = 4;

    public ServiceSettings {
        Objects.requireNonNull(region);
        Objects.requireNonNull(trust);
        Objects.requireNonNull(proxy);
        Objects.requireNonNull(credentials);
        if (!"https".equalsIgnoreCase(endpoint.getScheme()) || endpoint.getHost() == null) {
            throw new IllegalArgumentException("The endpoint must be https://host[:port], not " + endpoint);
        }
        if (deadline.isNegative() || deadline.isZero() || attempts < 1) {
            throw new IllegalArgumentException("The deadline must be positive and attempts at least 1");
        }
    }

    /** Default deadline and attempts. */
    public ServiceSettings(
            URI endpoint, String region, CaTrust trust, ProxySettings proxy, Supplier<SigningCredentials> credentials) {
        this(endpoint, region, trust, proxy, credentials, DEFAULT_DEADLINE, DEFAULT_ATTEMPTS);
    }
}
