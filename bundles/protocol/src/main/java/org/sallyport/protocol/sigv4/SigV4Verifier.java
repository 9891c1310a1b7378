package org.sallyport.protocol.sigv4;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;

/**
 * Compares a request with its signature, in constant time for what depends on the secret.
 *
 * <p>Only the signature is looked at: the caller checks the time, the region and the service of the {@link Authorization}, and that
 * its session token belongs to the key. The path is normalised as all services but S3 do it.
 */
public final class SigV4Verifier {
    static final PSSParameterSpec PSS = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

    private SigV4Verifier() {}

    /** Whether the holder of the secret signed exactly this request. */
    public static boolean hmacMatches(HttpRequestView request, Authorization authorization, String secret) {
        if (lacksSignedHeader(request, authorization)) {
            return false;
        }
        String expected = SigV4.hmacSignature(secret, authorization.scope(), stringToSign(request, authorization));
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8),
                authorization.signature().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Whether the holder of the private key signed exactly this request (RSASSA-PSS, SHA-256, salt of 32 bytes; node-agent
     * specification, section 3.2). False also for a key that is no RSA key or unfit.
     */
    public static boolean rsaPssMatches(HttpRequestView request, Authorization authorization, PublicKey key) {
        if (lacksSignedHeader(request, authorization)) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(PSS);
            signature.initVerify(key);
            signature.update(stringToSign(request, authorization).getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(authorization.signature()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false; // signature and key both come from outside: unfit for PSS means not signed
        }
    }

    private static boolean lacksSignedHeader(HttpRequestView request, Authorization authorization) {
        return authorization.signedHeaders().stream()
                .anyMatch(name -> request.values(name).isEmpty());
    }

    private static String stringToSign(HttpRequestView request, Authorization authorization) {
        return SigV4.stringToSign(
                SigV4.TIMESTAMP.format(authorization.timestamp()),
                authorization.scope(),
                SigV4.canonicalRequest(request, authorization.signedHeaders()));
    }
}
