package org.sallyport.core.access;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.protocol.sigv4.Authorization;
import org.sallyport.protocol.sigv4.HttpRequestView;
import org.sallyport.protocol.sigv4.SigV4Verifier;

/**
 * Checks requests signed with an access key or temporary credentials. An unknown key costs the same work as a wrong signature: an envelope
 * is opened, a token hashed and a signature computed for it all the same.
 */
final class SecretKeyCheck {
    private static final String DECOY_ROW = "access_keys/decoy";
    private static final byte[] NO_TOKEN = KeyEnvelopes.tokenHash("");

    private final Transactions transactions;
    private final KeyEnvelopes envelopes;
    private final Principals principals;
    private final byte[] decoyEnvelope;

    /** What the store knows of a key; {@code row} and {@code envelope} give the secret. */
    private record Candidate(
            String row, byte[] envelope, byte[] tokenHash, Instant expires, boolean active, Principal principal) {}

    SecretKeyCheck(Transactions transactions, KeyEnvelopes envelopes, Principals principals) {
        this.transactions = transactions;
        this.envelopes = envelopes;
        this.principals = principals;
        this.decoyEnvelope = envelopes.seal(DECOY_ROW, UniqueIds.secret());
    }

    /** @throws SallyportException {@code KEY_UNKNOWN}, {@code SIGNATURE_WRONG}, {@code TOKEN_EXPIRED} */
    Principal check(HttpRequestView request, Authorization authorization, Instant now) {
        Optional<Candidate> found = find(authorization.accessKeyId());
        String row = found.map(Candidate::row).orElse(DECOY_ROW);
        byte[] envelope = found.map(Candidate::envelope).orElse(decoyEnvelope);
        byte[] tokenHash = found.map(Candidate::tokenHash).orElse(NO_TOKEN);

        boolean signed = SigV4Verifier.hmacMatches(request, authorization, envelopes.open(row, envelope));
        byte[] sentHash = KeyEnvelopes.tokenHash(authorization.sessionToken().orElse(""));
        boolean tokenFits = MessageDigest.isEqual(tokenHash, sentHash);

        if (found.isEmpty() || !found.get().active() || !tokenFits) {
            throw unknown();
        }
        if (!signed) {
            throw SignatureVerifier.wrongSignature();
        }
        if (!found.get().expires().isAfter(now)) {
            throw new SallyportException(
                    AccessError.TOKEN_EXPIRED, "The security token included in the request is expired");
        }
        return found.get().principal();
    }

    static SallyportException unknown() {
        return new SallyportException(
                AccessError.KEY_UNKNOWN, "The security token included in the request is invalid.");
    }

    private Optional<Candidate> find(String accessKeyId) {
        return transactions.run(connection ->
                accessKeyId.startsWith("ASIA") ? temporary(connection, accessKeyId) : key(connection, accessKeyId));
    }

    private Optional<Candidate> key(Connection connection, String accessKeyId) throws SQLException {
        return KeyTables.key(connection, accessKeyId)
                .map(key -> new Candidate(
                        KeyTables.keyRow(accessKeyId),
                        key.secret(),
                        NO_TOKEN,
                        Instant.MAX,
                        key.active(),
                        principals.user(key.user())));
    }

    private Optional<Candidate> temporary(Connection connection, String accessKeyId) throws SQLException {
        Optional<Candidate> ofNode = KeyTables.temporary(connection, accessKeyId)
                .map(credentials -> new Candidate(
                        KeyTables.temporaryRow(accessKeyId),
                        credentials.secret(),
                        credentials.tokenHash(),
                        credentials.expires(),
                        true,
                        principals.node(credentials.role(), credentials.nodeId())));
        return ofNode.isPresent() ? ofNode : login(connection, accessKeyId);
    }

    /** A person who signed in with a command line is that user. */
    private Optional<Candidate> login(Connection connection, String accessKeyId) throws SQLException {
        return TemporaryLoginTable.find(connection, accessKeyId)
                .map(login -> new Candidate(
                        TemporaryLoginTable.row(accessKeyId),
                        login.secret(),
                        login.tokenHash(),
                        login.expires(),
                        true,
                        principals.user(login.user())));
    }
}
