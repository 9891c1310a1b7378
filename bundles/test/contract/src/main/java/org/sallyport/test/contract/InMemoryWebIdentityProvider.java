package org.sallyport.test.contract;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.sallyport.spi.identity.WebIdentityVerifier;

/** Issues tokens with a shared key and verifies them. The claims are of a fixed form. */
public final class InMemoryWebIdentityProvider implements WebIdentityVerifier {
    /** The audience that it takes tokens for. */
    public static final String AUDIENCE = "sallyport";

    private static final String HEADER = "{\"alg\":\"HS256\"}";
    private static final Pattern CLAIMS = Pattern.compile(
            "\\{\"iss\":\"https://([a-z.]+)\",\"sub\":\"([a-z]+)\",\"aud\":\"([a-z]+)\",\"exp\":([0-9]{1,12})\\}");
    private final String provider;
    private final Clock clock;
    private final byte[] key = "a key of thirty-two bytes, shared".getBytes(StandardCharsets.US_ASCII);

    /** @param provider lower case letters and points */
    public InMemoryWebIdentityProvider(String provider, Clock clock) {
        this.provider = provider;
        this.clock = clock;
    }

    /** A token. Subject and audience are lower case letters. */
    public String token(String subject, String audience, Instant expires) {
        String claims = "{\"iss\":\"https://%s\",\"sub\":\"%s\",\"aud\":\"%s\",\"exp\":%d}"
                .formatted(provider, subject, audience, expires.getEpochSecond());
        String signed = encode(HEADER.getBytes(StandardCharsets.US_ASCII)) + "."
                + encode(claims.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + encode(mac(signed));
    }

    @Override
    public Verified verify(String token, Instant deadline) {
        int last = token.lastIndexOf('.');
        int first = token.indexOf('.');
        if (first < 0 || last == first) {
            return Verified.wrong(Fault.INVALID);
        }
        try {
            byte[] signature = Base64.getUrlDecoder().decode(token.substring(last + 1));
            if (!MessageDigest.isEqual(signature, mac(token.substring(0, last)))) {
                return Verified.wrong(Fault.INVALID);
            }
            byte[] claims = Base64.getUrlDecoder().decode(token.substring(first + 1, last));
            return judge(CLAIMS.matcher(new String(claims, StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
            return Verified.wrong(Fault.INVALID);
        }
    }

    private Verified judge(Matcher claims) {
        if (!claims.matches() || !claims.group(1).equals(provider)) {
            return Verified.wrong(Fault.INVALID);
        }
        if (Long.parseLong(claims.group(4)) <= clock.instant().getEpochSecond()) {
            return Verified.wrong(Fault.EXPIRED);
        }
        if (!claims.group(3).equals(AUDIENCE)) {
            return Verified.wrong(Fault.REJECTED);
        }
        return Verified.of(
                new WebIdentity(claims.group(2), AUDIENCE, Map.of("amr", List.of("pwd")), Map.of("Team", "blue")));
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
