package org.sallyport.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.spi.identity.WebIdentityVerifier;
import org.sallyport.spi.identity.WebIdentityVerifier.Fault;
import org.sallyport.spi.identity.WebIdentityVerifier.Verified;

/** What every {@link WebIdentityVerifier} keeps to. */
public abstract class WebIdentityVerifierContract {
    private WebIdentityVerifier verifier;

    /** A verifier that takes tokens of one provider for one audience, asked for before each test. */
    protected abstract WebIdentityVerifier verifier() throws Exception;

    /** A token for the verifier's audience that is valid until then. */
    protected abstract String token(String subject, Instant expires) throws Exception;

    /** A token as valid, for an audience that is not the verifier's. */
    protected abstract String tokenForOthers(String subject) throws Exception;

    @BeforeEach
    void takeVerifier() throws Exception {
        verifier = verifier();
    }

    @Test
    void saysWhoAValidTokenBelongsTo() throws Exception {
        Verified verified = verify(token("alice", soon()));

        assertThat(verified.fault()).isEmpty();
        assertThat(verified.identity().orElseThrow().subject()).isEqualTo("alice");
        assertThat(verified.identity().orElseThrow().audience()).isNotEmpty();
    }

    @Test
    void refusesWhatIsOver() throws Exception {
        assertThat(verify(token("alice", Instant.now().minus(Duration.ofHours(1))))
                        .fault())
                .contains(Fault.EXPIRED);
    }

    @Test
    void refusesATokenForOthers() throws Exception {
        assertThat(verify(tokenForOthers("alice")).fault()).contains(Fault.REJECTED);
    }

    @Test
    void refusesAnyChange() throws Exception {
        String token = token("alice", soon());
        for (int at = 0; at < token.length(); at += 7) {
            char other = token.charAt(at) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, at) + other + token.substring(at + 1);
            // the last bits of an encoded part may stand for nothing
            if (at % 4 != 3) {
                assertThat(verify(changed).identity()).as("character %d", at).isEmpty();
            }
        }
    }

    @Test
    void refusesWhatIsNoToken() {
        for (String text : new String[] {"", ".", "..", "a.b.c", "x".repeat(20_000), "\u0000.\uffff.\ud800"}) {
            assertThat(verify(text).fault()).contains(Fault.INVALID);
        }
    }

    private Verified verify(String token) {
        return verifier.verify(token, Instant.now().plusSeconds(5));
    }

    private static Instant soon() {
        return Instant.now().plus(Duration.ofHours(1));
    }
}
