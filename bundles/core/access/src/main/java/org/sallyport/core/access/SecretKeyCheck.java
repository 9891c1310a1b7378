package org.sallyport.core.access;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.Credential;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.LastUsed;
import org.sallyport.api.iam.UserKeys;
import org.sallyport.core.access.AccessTables.Role;
import org.sallyport.core.access.AccessTables.User;
import org.sallyport.core.access.KeyTables.StoredKey;
import org.sallyport.core.access.KeyTables.StoredTemporary;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.protocol.sigv4.Authorization;
import org.sallyport.protocol.sigv4.HttpRequestView;
import org.sallyport.protocol.sigv4.SigV4Verifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks requests signed with an access key or temporary credentials. An unknown key costs the same work as a wrong signature: an envelope
 * is opened, a token hashed and a signature computed for it all the same.
 */
final class SecretKeyCheck {
    private static final Logger LOG = LoggerFactory.getLogger(SecretKeyCheck.class);
    private static final String DECOY_ROW = "access_keys/decoy";
    /** For what nobody asks when it was used. */
    private static final Optional<Instant> NEVER_DUE = Optional.of(Instant.MAX.minusSeconds(60));

    private static final byte[] NO_TOKEN = KeyEnvelopes.tokenHash("");

    private final Transactions transactions;
    private final KeyEnvelopes envelopes;
    private final Principals principals;
    private final byte[] decoyEnvelope;

    /** What the store knows of a key; {@code row} and {@code envelope} give the secret. */
    private record Candidate(
            String row,
            byte[] envelope,
            byte[] tokenHash,
            Instant expires,
            boolean active,
            Principal principal,
            Optional<Instant> used,
            Note note) {}

    /** Writes down what a key was used for. */
    @FunctionalInterface
    private interface Note {
        void with(Connection connection, LastUsed use) throws SQLException;
    }

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
        note(found.get(), authorization, now);
        return found.get().principal();
    }

    static SallyportException unknown() {
        return new SallyportException(
                AccessError.KEY_UNKNOWN, "The security token included in the request is invalid.");
    }

    /** Notes what the key was used for, once a minute. A failure to note it is no reason to refuse the request. */
    private void note(Candidate found, Authorization authorization, Instant now) {
        boolean due =
                found.used().filter(last -> now.isBefore(last.plusSeconds(60))).isEmpty();
        if (!due) {
            return;
        }
        LastUsed use =
                new LastUsed(now.truncatedTo(ChronoUnit.MINUTES), authorization.service(), authorization.region());
        try {
            transactions.run(connection -> {
                found.note().with(connection, use);
                return null;
            });
        } catch (SallyportException e) {
            LOG.warn("The use of a key is not noted: {}", e.getMessage());
        }
    }

    private Optional<Candidate> find(String accessKeyId) {
        return transactions.run(connection ->
                accessKeyId.startsWith("ASIA") ? temporary(connection, accessKeyId) : key(connection, accessKeyId));
    }

    private Optional<Candidate> key(Connection connection, String accessKeyId) throws SQLException {
        Optional<StoredKey> found = KeyTables.key(connection, accessKeyId);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        StoredKey key = found.get();
        Optional<Instant> used = KeyTables.use(connection, accessKeyId)
                .flatMap(UserKeys.Use::used)
                .map(LastUsed::at);
        return Optional.of(new Candidate(
                KeyTables.keyRow(accessKeyId),
                key.secret(),
                NO_TOKEN,
                Instant.MAX,
                key.active(),
                principals.user(key.user()).with(Credential.key(accessKeyId)),
                used,
                (c, use) -> KeyTables.used(c, accessKeyId, use)));
    }

    private Optional<Candidate> temporary(Connection connection, String accessKeyId) throws SQLException {
        Optional<StoredTemporary> node = KeyTables.temporary(connection, accessKeyId);
        if (node.isEmpty()) {
            Optional<Candidate> session = session(connection, accessKeyId);
            return session.isPresent() ? session : login(connection, accessKeyId);
        }
        StoredTemporary credentials = node.get();
        Principal principal = principals.node(credentials.role(), credentials.nodeId());
        return Optional.of(new Candidate(
                KeyTables.temporaryRow(accessKeyId),
                credentials.secret(),
                credentials.tokenHash(),
                credentials.expires(),
                true,
                principal.with(new Credential(
                        Optional.of(accessKeyId),
                        credentials.issued(),
                        Optional.of(credentials.expires()),
                        Optional.empty(),
                        Map.of(),
                        Set.of(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        false)),
                roleUsed(connection, credentials.role().id()),
                (c, use) -> RoleTable.used(c, credentials.role().id(), use)));
    }

    private Optional<Candidate> session(Connection connection, String accessKeyId) throws SQLException {
        Optional<CredentialTable.Row> found = CredentialTable.find(connection, accessKeyId);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        CredentialTable.Row row = found.get();
        Optional<Principal> principal = holder(connection, row);
        Credential credential = FactsText.read(accessKeyId, row.expires(), row.facts());
        boolean role = row.ownerId().startsWith("AROA");
        return principal.isEmpty()
                ? Optional.empty()
                : Optional.of(new Candidate(
                        CredentialTable.row(accessKeyId),
                        row.secret(),
                        row.tokenHash(),
                        row.expires(),
                        true,
                        principal.get().with(credential),
                        role ? roleUsed(connection, row.ownerId()) : NEVER_DUE,
                        (c, use) -> RoleTable.used(c, row.ownerId(), use)));
    }

    private Optional<Principal> holder(Connection connection, CredentialTable.Row row) throws SQLException {
        if (row.ownerId().startsWith("AROA")) {
            return EntityTable.byId(connection, EntityKind.ROLE, row.ownerId())
                    .map(role ->
                            principals.roleSession(new Role(role.id(), role.name(), role.path()), row.sessionName()));
        }
        return EntityTable.byId(connection, EntityKind.USER, row.ownerId())
                .map(user -> principals.user(new User(user.id(), user.name(), user.path())));
    }

    private static Optional<Instant> roleUsed(Connection connection, String roleId) throws SQLException {
        return RoleTable.byId(connection, roleId).flatMap(RoleTable.Whole::used).map(LastUsed::at);
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
                        principals.user(login.user()).with(credential(login)),
                        NEVER_DUE,
                        (c, use) -> {}));
    }

    private static Credential credential(TemporaryLoginTable.Row login) {
        return Credential.session(
                Optional.of(login.accessKeyId()),
                login.issued(),
                Optional.of(login.expires()),
                login.secondFactor() ? Optional.of(login.issued()) : Optional.empty());
    }
}
