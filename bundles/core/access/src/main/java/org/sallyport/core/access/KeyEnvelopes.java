package org.sallyport.core.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.sallyport.api.access.AccessKeys.AccessKey;
import org.sallyport.api.access.AccessKeys.TemporaryCredentials;
import org.sallyport.core.access.AccessTables.Role;
import org.sallyport.core.access.AccessTables.User;
import org.sallyport.core.access.KeyTables.StoredKey;
import org.sallyport.core.access.KeyTables.StoredTemporary;
import org.sallyport.kernel.store.Secrets;

/** Turns keys into rows and back: secrets become envelopes bound to their row, session tokens become hashes. */
record KeyEnvelopes(Secrets secrets) {

    StoredKey seal(AccessKey key, User user) {
        byte[] envelope = seal(KeyTables.keyRow(key.accessKeyId()), key.secretAccessKey());
        return new StoredKey(key.accessKeyId(), user, envelope, true);
    }

    StoredTemporary seal(TemporaryCredentials issued, Role role, String nodeId, Instant now) {
        byte[] envelope = seal(KeyTables.temporaryRow(issued.accessKeyId()), issued.secretAccessKey());
        return new StoredTemporary(
                issued.accessKeyId(),
                role,
                nodeId,
                envelope,
                tokenHash(issued.sessionToken()),
                Optional.of(now),
                issued.expires());
    }

    byte[] seal(String row, String secret) {
        return secrets.seal(row, secret.getBytes(StandardCharsets.UTF_8));
    }

    String open(String row, byte[] envelope) {
        return new String(secrets.open(row, envelope), StandardCharsets.UTF_8);
    }

    /** SHA-256 in hexadecimal. */
    static String hex(String text) {
        return HexFormat.of().formatHex(tokenHash(text));
    }

    static byte[] tokenHash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
