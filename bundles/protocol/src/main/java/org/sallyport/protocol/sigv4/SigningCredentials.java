package org.sallyport.protocol.sigv4;

import java.util.Objects;
import java.util.Optional;

/**
 * A key pair to sign with.
 *
 * @param sessionToken present for temporary credentials
 */
public record SigningCredentials(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {

    public SigningCredentials {
        Objects.requireNonNull(accessKeyId, "accessKeyId");
        Objects.requireNonNull(secretAccessKey, "secretAccessKey");
        Objects.requireNonNull(sessionToken, "sessionToken");
    }

    /** Names the key and hides the secrets, so that it may stand in a log. */
    @Override
    public String toString() {
        return "SigningCredentials[" + accessKeyId + (sessionToken.isPresent() ? ", temporary]" : "]");
    }
}
