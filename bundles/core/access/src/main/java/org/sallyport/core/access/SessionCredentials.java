package org.sallyport.core.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sallyport.api.access.AccessKeys.TemporaryCredentials;
import org.sallyport.api.access.Credential;
import org.sallyport.kernel.store.Transactions;

/**
 * Makes temporary credentials of people and programs and keeps them, the secret enveloped and the token hashed. They say of their session what the
 * credential given says, until they expire or their user or role is deleted.
 */
final class SessionCredentials {
    /** Expired credentials stay this long, so that their holder is told that they expired. */
    private static final Duration KEPT_AFTER_EXPIRY = Duration.ofHours(1);

    private static final int PURGE_BATCH = 20;
    private final Transactions transactions;
    private final KeyEnvelopes envelopes;

    /** The credentials, and what request verification will say of them. */
    record Issued(TemporaryCredentials credentials, Credential credential) {}

    SessionCredentials(Transactions transactions, KeyEnvelopes envelopes) {
        this.transactions = transactions;
        this.envelopes = envelopes;
    }

    /**
     * @param ownerId id of a user or role
     * @param sessionName the user's name, or that of the role's session
     * @param facts of the session; its key and end are replaced
     * @param now whole milliseconds
     */
    Issued issue(String ownerId, String sessionName, Credential facts, Instant now, Duration lifetime) {
        TemporaryCredentials made = new TemporaryCredentials(
                UniqueIds.temporaryKey(), UniqueIds.secret(), UniqueIds.sessionToken(), now.plus(lifetime));
        Credential whole = new Credential(
                Optional.of(made.accessKeyId()),
                Optional.of(now),
                Optional.of(made.expires()),
                facts.secondFactor(),
                facts.tags(),
                facts.transitive(),
                facts.sourceIdentity(),
                facts.provider(),
                facts.policies(),
                facts.limited());
        CredentialTable.Row row = new CredentialTable.Row(
                made.accessKeyId(),
                ownerId,
                sessionName,
                envelopes.seal(CredentialTable.row(made.accessKeyId()), made.secretAccessKey()),
                KeyEnvelopes.tokenHash(made.sessionToken()),
                made.expires(),
                FactsText.write(whole));
        transactions.run(connection -> {
            CredentialTable.purge(connection, now.minus(KEPT_AFTER_EXPIRY), PURGE_BATCH);
            CredentialTable.insert(connection, row);
            return null;
        });
        return new Issued(made, whole);
    }
}
