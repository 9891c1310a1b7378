package org.sallyport.test.e2e;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** An issuer of tokens as a Kubernetes cluster is one: keys in a file, and tokens with the claims of a pod's service account. */
final class TestIssuer {
    static final String NAME = "https://kubernetes.default.svc.cluster.local";

    private final KeyPair keys = RawNode.newKey(2048);

    Path jwks(Path file) throws Exception {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return Files.writeString(
                file,
                "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"k1\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                        .formatted(number(key.getModulus()), number(key.getPublicExponent())));
    }

    /** As the projected volume of a pod has it. */
    String token(String namespace, String pod) throws Exception {
        long now = Instant.now().getEpochSecond();
        String claims =
                """
                {"iss":"%1$s","aud":["sallyport"],"sub":"system:serviceaccount:%2$s:agent","jti":"%3$s","iat":%4$d,"nbf":%4$d,"exp":%5$d,
                "kubernetes.io":{"namespace":"%2$s","pod":{"name":"%6$s","uid":"%3$s"},
                "serviceaccount":{"name":"agent","uid":"1c2d"}}}"""
                        .formatted(NAME, namespace, UUID.randomUUID(), now, now + 3600, pod);
        String signed = base64("{\"alg\":\"RS256\",\"kid\":\"k1\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + base64(signature.sign());
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        return base64(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
