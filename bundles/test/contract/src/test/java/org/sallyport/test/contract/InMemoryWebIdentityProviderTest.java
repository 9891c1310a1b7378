package org.sallyport.test.contract;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.sallyport.spi.identity.WebIdentityVerifier;

class InMemoryWebIdentityProviderTest extends WebIdentityVerifierContract {
    private final InMemoryWebIdentityProvider provider =
            new InMemoryWebIdentityProvider("idp.example.org", Clock.systemUTC());

    @Override
    protected WebIdentityVerifier verifier() {
        return provider;
    }

    @Override
    protected String token(String subject, Instant expires) {
        return provider.token(subject, InMemoryWebIdentityProvider.AUDIENCE, expires);
    }

    @Override
    protected String tokenForOthers(String subject) {
        return provider.token(subject, "others", Instant.now().plus(Duration.ofHours(1)));
    }
}
