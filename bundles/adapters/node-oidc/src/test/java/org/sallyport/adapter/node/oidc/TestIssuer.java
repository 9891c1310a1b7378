package org.sallyport.adapter.node.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An issuer with keys of both kinds. */
final class TestIssuer {
    static final String NAME = "https://kubernetes.default.svc";

    final RSAKey rsa;
    final ECKey ec;

    TestIssuer() throws JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("r1").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("e1").generate();
    }

    /** What the issuer shows. */
    String jwks() {
        return new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK())).toString();
    }

    /** The claims of a pod's projected token. */
    static JWTClaimsSet.Builder pod(Instant now) {
        return new JWTClaimsSet.Builder()
                .issuer(NAME)
                .audience("sallyport")
                .subject("system:serviceaccount:edge:agent")
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(3600)))
                .claim(
                        "kubernetes.io",
                        Map.of(
                                "namespace", "edge",
                                "pod", Map.of("name", "agent-7f9", "uid", "0b1c"),
                                "serviceaccount", Map.of("name", "agent", "uid", "1c2d")));
    }

    String rsa(JWTClaimsSet claims) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("r1").build(), claims);
        token.sign(new RSASSASigner(rsa));
        return token.serialize();
    }

    String ec(JWTClaimsSet claims) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("e1").build(), claims);
        token.sign(new ECDSASigner(ec));
        return token.serialize();
    }
}
