package org.sallyport.adapter.node.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.store.Records;
import org.sallyport.spi.node.NodeProof;
import org.sallyport.spi.node.NodeProof.Proven;
import org.sallyport.spi.node.NodeProof.Shown;
import org.sallyport.test.contract.NodeProofContract;
import org.sallyport.test.stores.TestRecords;

@Tag("store")
class OidcProofTest extends NodeProofContract {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String RULE = "sub=system:serviceaccount:edge:* -> role=SSMServiceRole;"
            + " name={kubernetes.io:pod:name}; tag.namespace={kubernetes.io:namespace}; tag.team=blue";

    @TempDir
    private Path folder;

    private final Records records = TestRecords.empty();
    private TestIssuer issuer;
    private Path keys;

    @BeforeEach
    void makeIssuer() throws Exception {
        if (issuer != null) {
            return; // the suite asked for it before
        }
        issuer = new TestIssuer();
        keys = Files.writeString(folder.resolve("jwks.json"), issuer.jwks());
    }

    @Override
    protected NodeProof emptyProof() throws Exception {
        makeIssuer();
        return proof(TestRecords.empty(), NOW, RULE);
    }

    @Override
    protected String freshDocument() throws Exception {
        return issuer.rsa(TestIssuer.pod(NOW).build());
    }

    @Test
    void aPodIsWhatItsRuleSays() throws Exception {
        Proven proven = prove(issuer.rsa(TestIssuer.pod(NOW).build()));

        assertThat(proven.nodeId()).isEmpty();
        assertThat(proven.role()).contains("SSMServiceRole");
        assertThat(proven.name()).contains("agent-7f9");
        assertThat(proven.tags()).isEqualTo(Map.of("namespace", "edge", "team", "blue"));
        assertThat(proven.subject()).isEqualTo("system:serviceaccount:edge:agent of " + TestIssuer.NAME);
        assertThat(proven.approval()).isFalse();
    }

    @Test
    void aKeycloakClientIsKnownByWhatItIsAuthorizedAs() throws Exception {
        JWTClaimsSet client = TestIssuer.pod(NOW)
                .subject("8a5c")
                .claim("azp", "edge-agents")
                .claim("realm_access", Map.of("roles", List.of("offline", "sallyport-node")))
                .build();

        Proven proven = proof(
                        records,
                        NOW,
                        "azp=edge-agents,realm_access:roles=sallyport-node -> role=R; approval; tag.x={none}")
                .prove(new Shown(issuer.ec(client), SOURCE), NOW);

        assertThat(proven.role()).contains("R");
        assertThat(proven.approval()).isTrue();
        assertThat(proven.tags()).containsEntry("x", "");
        assertThat(proven.name()).isEmpty();
    }

    @Test
    void whatIsNotMeantForThisServerIsRefused() throws Exception {
        refused(issuer.rsa(TestIssuer.pod(NOW).audience("another").build()), "audience");
        refused(issuer.rsa(TestIssuer.pod(NOW).issuer("https://another").build()), "issuer");
        refused(issuer.rsa(TestIssuer.pod(NOW).subject(null).build()), "wrong");
        refused(
                issuer.rsa(TestIssuer.pod(NOW)
                        .subject("system:serviceaccount:other:agent")
                        .build()),
                "no rule");
        refused(issuer.rsa(TestIssuer.pod(NOW).issueTime(null).build()), "wrong");
    }

    @Test
    void timeIsKept() throws Exception {
        refused(issuer.rsa(TestIssuer.pod(NOW.minusSeconds(3661)).build()), "time");
        refused(
                issuer.rsa(TestIssuer.pod(NOW)
                        .notBeforeTime(Date.from(NOW.plusSeconds(61)))
                        .build()),
                "time");
        refused(
                issuer.rsa(TestIssuer.pod(NOW)
                        .expirationTime(Date.from(NOW.plusSeconds(3601)))
                        .build()),
                "lives for more than 3600 seconds");
        refused(issuer.rsa(TestIssuer.pod(NOW).expirationTime(null).build()), "wrong");
        prove(issuer.rsa(TestIssuer.pod(NOW.minusSeconds(3600)).build()));
    }

    @Test
    void forgedTokensAreRefused() throws Exception {
        JWTClaimsSet claims = TestIssuer.pod(NOW).build();
        refused(new TestIssuer().rsa(claims), "signature");
        refused(new PlainJWT(claims).serialize(), "signed token");
        SignedJWT shared = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("r1").build(), claims);
        shared.sign(new MACSigner(Arrays.copyOf(issuer.rsa.toRSAPublicKey().getEncoded(), 64)));
        refused(shared.serialize(), "signature");
        String[] parts = issuer.rsa(claims).split("\\.");
        String other = Base64URL.encode(TestIssuer.pod(NOW)
                        .subject("system:serviceaccount:edge:root")
                        .build()
                        .toString())
                .toString();
        refused(parts[0] + "." + other + "." + parts[2], "signature");
    }

    /** An ECDSA signature has a second form that is right as well. */
    @Test
    void theOtherFormOfASignatureIsTheSameToken() throws Exception {
        String token = issuer.ec(TestIssuer.pod(NOW).build());
        prove(token);
        byte[] signature = new Base64URL(token.split("\\.")[2]).decode();
        BigInteger order = new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);
        BigInteger s = order.subtract(new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)));
        byte[] mirrored = s.toByteArray();
        byte[] padded = new byte[32];
        int from = Math.max(0, mirrored.length - 32);
        System.arraycopy(mirrored, from, padded, 32 - (mirrored.length - from), mirrored.length - from);
        System.arraycopy(padded, 0, signature, 32, 32);

        refused(token.substring(0, token.lastIndexOf('.') + 1) + Base64URL.encode(signature), "used already");
    }

    @Test
    void usedTokensAreForgottenWhenTheyAreOver() throws Exception {
        prove(issuer.rsa(TestIssuer.pod(NOW).build()));
        Instant later = NOW.plus(Duration.ofHours(2));

        for (int i = 0; i < 2; i++) {
            proof(records, later, RULE)
                    .prove(new Shown(issuer.rsa(TestIssuer.pod(later).build()), SOURCE), later);
        }

        assertThat(records.scan("used/", "", 100)).hasSize(2);
    }

    @Test
    void settingsThatCannotBeAreNamed() {
        for (String rule :
                List.of("sub=x", "-> role=R", "sub= -> role=R", "sub=x -> name=y", "sub=x -> role=R; tags=z")) {
            assertThatThrownBy(() -> proof(records, NOW, rule))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("rules");
        }
        assertThatThrownBy(() -> new OidcProof(
                        records, new Configs(folder.resolve("none").toString(), "", new String[0], RULE).config()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jwks");
    }

    private Proven prove(String token) {
        return proof(records, NOW, RULE).prove(new Shown(token, SOURCE), NOW);
    }

    private void refused(String token, String why) {
        assertThatThrownBy(() -> prove(token))
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(NodeError.PROOF_REFUSED))
                .hasMessageContaining(why);
    }

    private OidcProof proof(Records kept, Instant now, String... rules) {
        return new OidcProof(
                kept,
                Clock.fixed(now, ZoneOffset.UTC),
                new Configs(keys.toString(), "", new String[0], rules).config());
    }
}
