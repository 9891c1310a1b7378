package org.sallyport.adapter.identity.oidc;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.List;
import org.sallyport.api.node.AddressRange;

/** Settings of one issuer as tests need them; what is not set is the default. */
record Settings(
        String provider,
        String caFile,
        List<String> audiences,
        String jwks,
        List<String> allowed,
        List<String> algorithms,
        int leeway,
        int longestLife) {
    static final List<AddressRange> LOOPBACK_RANGES = List.of(
            AddressRange.parse("127.0.0.0/8").orElseThrow(),
            AddressRange.parse("::1").orElseThrow());

    static Settings of(String provider, Path ca, String audience) {
        return new Settings(
                provider,
                ca.toString(),
                List.of("other-client", audience),
                "",
                List.of("127.0.0.0/8", "::1"),
                List.of(defaults("algorithms", String[].class)),
                defaults("leeway_s", Integer.class),
                defaults("longest_life_s", Integer.class));
    }

    Settings provider(String other) {
        return new Settings(other, caFile, audiences, jwks, allowed, algorithms, leeway, longestLife);
    }

    Settings taking(String... others) {
        return new Settings(provider, caFile, List.of(others), jwks, allowed, algorithms, leeway, longestLife);
    }

    Settings jwks(String other) {
        return new Settings(provider, caFile, audiences, other, allowed, algorithms, leeway, longestLife);
    }

    Settings allowed(String... others) {
        return new Settings(provider, caFile, audiences, jwks, List.of(others), algorithms, leeway, longestLife);
    }

    Settings signedBy(String... others) {
        return new Settings(provider, caFile, audiences, jwks, allowed, List.of(others), leeway, longestLife);
    }

    Settings leeway(int other) {
        return new Settings(provider, caFile, audiences, jwks, allowed, algorithms, other, longestLife);
    }

    Settings longestLife(int other) {
        return new Settings(provider, caFile, audiences, jwks, allowed, algorithms, leeway, other);
    }

    private static <T> T defaults(String name, Class<T> type) {
        try {
            return type.cast(VerifierConfig.class.getMethod(name).getDefaultValue());
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    VerifierConfig config() {
        return new VerifierConfig() {
            @Override
            public String sallyport_identity_provider() {
                return provider;
            }

            @Override
            public String[] audiences() {
                return audiences.toArray(String[]::new);
            }

            @Override
            public String jwks() {
                return jwks;
            }

            @Override
            public String ca_file() {
                return caFile;
            }

            @Override
            public String[] allowed_addresses() {
                return allowed.toArray(String[]::new);
            }

            @Override
            public String[] algorithms() {
                return algorithms.toArray(String[]::new);
            }

            @Override
            public int leeway_s() {
                return leeway;
            }

            @Override
            public int longest_life_s() {
                return longestLife;
            }

            @Override
            public String[] claims() {
                return defaults("claims", String[].class);
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return VerifierConfig.class;
            }
        };
    }
}
