package org.sallyport.adapter.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.adapter.issuer.IssuerServer;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.spi.identity.WebIdentityVerifier;
import org.sallyport.spi.identity.WebIdentityVerifier.Fault;
import org.sallyport.spi.identity.WebIdentityVerifier.Verified;
import org.sallyport.spi.identity.WebIdentityVerifier.WebIdentity;
import org.sallyport.test.contract.WebIdentityVerifierContract;

/** Against an issuer with real TLS, discovery and keys. */
class OidcVerifierTest extends WebIdentityVerifierContract {
    private static final String AUDIENCE = "sallyport";

    @TempDir
    private Path folder;

    private IssuerServer issuer;
    private WebIdentityVerifier verifier;

    @BeforeEach
    void start() throws Exception {
        verifier();
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Override
    protected WebIdentityVerifier verifier() throws Exception {
        if (verifier == null) {
            issuer = new IssuerServer(folder);
            verifier = new OidcVerifier(settings().config());
        }
        return verifier;
    }

    @Override
    protected String token(String subject, Instant expires) throws Exception {
        return issuer.signed(issuer.claims(subject, AUDIENCE)
                .issueTime(Date.from(expires.minusSeconds(3600)))
                .expirationTime(Date.from(expires))
                .build());
    }

    @Override
    protected String tokenForOthers(String subject) throws Exception {
        return issuer.signed(issuer.claims(subject, "another").build());
    }

    @Test
    void claimsBecomeWhatConditionsAskFor() throws Exception {
        WebIdentity alice = verified(issuer.claims("alice", AUDIENCE)
                        .audience(List.of("account", AUDIENCE))
                        .claim("azp", "cli")
                        .claim("amr", List.of("pwd", "otp"))
                        .claim("email", Map.of("not", "a text"))
                        .claim("secret", "not chosen")
                        .claim("realm_access", Map.of("roles", List.of("offline", "operators")))
                        .claim(
                                "https://aws.amazon.com/tags",
                                Map.of("principal_tags", Map.of("Team", List.of("blue"), "Cost", "7")))
                        .build())
                .identity()
                .orElseThrow();

        assertThat(alice.subject()).isEqualTo("alice");
        assertThat(alice.audience()).isEqualTo(AUDIENCE);
        assertThat(alice.claims())
                .isEqualTo(Map.of(
                        "azp", List.of("cli"),
                        "amr", List.of("pwd", "otp"),
                        "realm_access:roles", List.of("offline", "operators")));
        assertThat(alice.tags()).isEqualTo(Map.of("Team", "blue", "Cost", "7"));
    }

    @Test
    void whatIsRightAndNotForHereIsRejected() throws Exception {
        Instant now = Instant.now();
        List<JWTClaimsSet.Builder> all = List.of(
                claims().audience(List.of()),
                claims().notBeforeTime(Date.from(now.plusSeconds(120))),
                claims().issueTime(Date.from(now.plusSeconds(120))),
                claims().expirationTime(Date.from(now.plusSeconds(90_000))),
                claims().claim("https://aws.amazon.com/tags", "x"),
                claims().claim(
                                "https://aws.amazon.com/tags",
                                Map.of("principal_tags", Map.of("Team", List.of("blue", "red")))),
                claims().claim(
                                "https://aws.amazon.com/tags",
                                Map.of("principal_tags", Map.of(), "transitive_tag_keys", List.of("Team"))));
        for (JWTClaimsSet.Builder one : all) {
            assertThat(verified(one.build()).fault())
                    .as(one.getClaims().toString())
                    .contains(Fault.REJECTED);
        }
    }

    @Test
    void whatIsNotOfThisIssuerOrIncompleteIsInvalid() throws Exception {
        for (JWTClaimsSet.Builder one : List.of(
                claims().issuer("https://another"),
                claims().issuer(issuer.issuer() + "/"),
                claims().subject(null),
                claims().subject(" "),
                claims().subject("x".repeat(256)),
                claims().issueTime(null),
                claims().expirationTime(null))) {
            assertThat(verified(one.build()).fault())
                    .as(one.getClaims().toString())
                    .contains(Fault.INVALID);
        }
    }

    @Test
    void theLeewayIsKeptOnBothSides() throws Exception {
        Instant now = Instant.now();

        assertThat(verified(claims().expirationTime(Date.from(now.minusSeconds(40)))
                                .issueTime(Date.from(now.minusSeconds(80)))
                                .build())
                        .identity())
                .isPresent();
        assertThat(verified(claims().notBeforeTime(Date.from(now.plusSeconds(40)))
                                .build())
                        .identity())
                .isPresent();
        assertThat(verified(claims().expirationTime(Date.from(now.minusSeconds(61)))
                                .issueTime(Date.from(now.minusSeconds(80)))
                                .build())
                        .fault())
                .contains(Fault.EXPIRED);
    }

    @Test
    void onlyListedSignaturesAndTypesAreTaken() throws Exception {
        JWTClaimsSet claims = claims().build();
        assertThat(verify(new PlainJWT(claims).serialize()).fault()).contains(Fault.INVALID);
        SignedJWT shared = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(), claims);
        shared.sign(
                new MACSigner("the public key is no secret, and thirty-two bytes".getBytes(StandardCharsets.UTF_8)));
        assertThat(verify(shared.serialize()).fault()).contains(Fault.INVALID);
        String longer = issuer.signed(new JWSHeader.Builder(JWSAlgorithm.RS512), claims);
        assertThat(verify(longer).fault()).contains(Fault.INVALID);
        assertThat(new OidcVerifier(settings().signedBy("RS512").config())
                        .verify(longer, Instant.MAX)
                        .identity())
                .isPresent();
        JWSHeader.Builder access = new JWSHeader.Builder(JWSAlgorithm.RS256).type(new JOSEObjectType("at+jwt"));
        assertThat(verify(issuer.signed(access, claims)).identity()).isPresent();
        JWSHeader.Builder logout = new JWSHeader.Builder(JWSAlgorithm.RS256).type(new JOSEObjectType("logout+jwt"));
        assertThat(verify(issuer.signed(logout, claims)).fault()).contains(Fault.INVALID);
    }

    @Test
    void keysAreKeptAndANewOneIsFetchedWhenATokenNamesIt() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(verified(claims().build()).identity()).isPresent();
        }
        assertThat(issuer.keys).hasValue(1);
        assertThat(issuer.discoveries).hasValue(1);
        String old = issuer.signed(claims().build());

        issuer.rotate();

        assertThat(verified(claims().build()).identity()).isPresent();
        assertThat(issuer.keys).hasValue(2);
        assertThatThrownBy(() -> verify(old))
                .as("another unknown key within the same half minute is not asked for")
                .isInstanceOfSatisfying(SallyportException.class, e -> assertThat(e.code())
                        .isEqualTo(AccessError.PROVIDER_UNAVAILABLE));
        assertThat(issuer.keys).hasValue(2);
        assertThat(verified(claims().build()).identity()).isPresent();
    }

    @Test
    void nothingIsSaidWhileTheKeysCannotBeHad() throws Exception {
        String token = issuer.signed(claims().build());
        for (Runnable trouble : List.<Runnable>of(
                () -> issuer.answers(500, null), () -> issuer.answers(200, "{}"), () -> issuer.answersDropByDrop())) {
            trouble.run();
            WebIdentityVerifier fresh = new OidcVerifier(settings().config());
            assertThatThrownBy(() -> fresh.verify(token, Instant.MAX))
                    .isInstanceOfSatisfying(SallyportException.class, e -> {
                        assertThat(e.code()).isEqualTo(AccessError.PROVIDER_UNAVAILABLE);
                        assertThat(e.getMessage()).doesNotContain(token);
                    });
        }
        issuer.answers(200, null);
        assertThat(verify(token).identity()).isPresent();
    }

    @Test
    void keysMayLieInAFileOrAtAnAddress() throws Exception {
        String token = issuer.signed(claims().build());
        for (String jwks : List.of(
                issuer.jwks(),
                Files.writeString(folder.resolve("jwks.json"), fetched()).toString())) {
            assertThat(new OidcVerifier(settings().jwks(jwks).config())
                            .verify(token, Instant.MAX)
                            .identity())
                    .isPresent();
        }
        assertThat(issuer.discoveries).hasValue(0);
    }

    @Test
    void settingsThatCannotBeAreNamed() {
        assertWrong(settings().provider(""), "sallyport.identity.provider");
        assertWrong(settings().provider("https://idp.example.org"), "sallyport.identity.provider");
        assertWrong(settings().taking(new String[0]), "audiences");
        assertWrong(settings().signedBy("HS256"), "algorithms");
        assertWrong(settings().signedBy(new String[0]), "algorithms");
        assertWrong(settings().leeway(301), "leeway.s");
        assertWrong(settings().longestLife(59), "longest.life.s");
        assertWrong(settings().jwks(folder.resolve("none").toString()), "jwks");
        assertWrong(settings().allowed("localhost"), "allowed.addresses");
    }

    private static void assertWrong(Settings settings, String named) {
        assertThatThrownBy(() -> new OidcVerifier(settings.config()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    private String fetched() throws Exception {
        return new org.sallyport.adapter.issuer.GuardedFetch(issuer.authority().toString(), Settings.LOOPBACK_RANGES)
                .retrieveResource(java.net.URI.create(issuer.jwks()).toURL())
                .getContent();
    }

    private JWTClaimsSet.Builder claims() {
        return issuer.claims("alice", AUDIENCE);
    }

    private Verified verified(JWTClaimsSet claims) throws Exception {
        return verify(issuer.signed(claims));
    }

    private Verified verify(String token) {
        return verifier.verify(token, Instant.now().plusSeconds(5));
    }

    private Settings settings() {
        return Settings.of(issuer.provider(), issuer.authority(), AUDIENCE);
    }
}
