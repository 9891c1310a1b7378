package org.sallyport.core.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.access.AccessKeys.AccessKey;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.core.access.AccessTables.FirstStartRow;
import org.sallyport.core.access.AccessTables.User;
import org.sallyport.core.access.KeyTables.StoredKey;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.spi.identity.IdentityProvider;

/**
 * Makes the first administrator and tells the credentials in a file.
 *
 * <p>User and key are written in one transaction together with a row that says that the rest is still to do; the row is
 * marked done after the file is there. A server that ends in between does the rest again at its next start, with a new password.
 */
final class FirstStart {
    static final String USER_NAME = "admin";
    static final String FILE = "initial-admin.json";

    private static final Duration PASSWORD_LIMIT = Duration.ofSeconds(10);

    private final Transactions transactions;
    private final KeyEnvelopes envelopes;
    private final IdentityProvider provider;
    private final Path folder;
    private final Clock clock;

    FirstStart(Transactions transactions, KeyEnvelopes envelopes, IdentityProvider provider, Path folder, Clock clock) {
        this.transactions = transactions;
        this.envelopes = envelopes;
        this.provider = provider;
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Does what is left to do.
     *
     * @return the file, if it was written now
     * @throws SallyportException of the identity provider; or {@code INTERNAL} when the file cannot be written
     */
    Optional<Path> complete() {
        Optional<FirstStartRow> begun = transactions.run(this::begin);
        if (begun.isEmpty() || begun.get().done()) {
            return Optional.empty();
        }
        FirstStartRow row = begun.get();
        char[] password = UniqueIds.password();
        try {
            Instant deadline = clock.instant().plus(PASSWORD_LIMIT);
            provider.setPassword(row.userName(), password.clone(), deadline);
            Path file = write(row, password);
            transactions.run(connection -> AccessTables.finishFirstStart(connection));
            return Optional.of(file);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private Optional<FirstStartRow> begin(Connection connection) throws SQLException {
        Optional<FirstStartRow> known = AccessTables.firstStart(connection);
        if (known.isPresent() || AccessTables.hasUsers(connection)) {
            return known;
        }
        User admin = new User(UniqueIds.user(), USER_NAME, "/");
        AccessKey key = new AccessKey(UniqueIds.accessKey(), UniqueIds.secret());
        FirstStartRow row = new FirstStartRow(admin.name(), key.accessKeyId(), false);
        Versions.change(connection);
        AccessTables.insertUser(connection, admin, clock.instant());
        AttachmentTable.attach(connection, admin.id(), BuiltInPolicies.ADMINISTRATOR.id());
        UserTable.setLogin(connection, admin.id(), admin.name(), clock.instant());
        KeyTables.insert(connection, envelopes.seal(key, admin), clock.instant());
        AccessTables.insertFirstStart(connection, row);
        return Optional.of(row);
    }

    private Path write(FirstStartRow row, char[] password) {
        StoredKey key = transactions
                .run(connection -> KeyTables.key(connection, row.accessKeyId()))
                .orElseThrow(() -> new SallyportException(
                        CommonError.INTERNAL,
                        "Access key %s of the first administrator is gone from the store."
                                .formatted(row.accessKeyId())));
        Map<String, String> content = new LinkedHashMap<>();
        content.put("adminUser", row.userName());
        content.put("adminPassword", String.valueOf(password));
        content.put("accessKeyId", key.accessKeyId());
        content.put("secretAccessKey", envelopes.open(KeyTables.keyRow(key.accessKeyId()), key.secret()));
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            PrivateFile.write(file, new ObjectMapper().writeValueAsBytes(content));
            return file;
        } catch (IOException e) {
            throw new SallyportException(
                    CommonError.INTERNAL,
                    "Cannot write %s: %s. Make the folder writable; the server tries again."
                            .formatted(file, e.getMessage()),
                    e);
        }
    }
}
