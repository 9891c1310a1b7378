package org.sallyport.core.store;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.store.Secrets;
import org.sallyport.kernel.store.Transactions;

/** Secrets under the newest data key; all data keys open. Data keys stay in memory; they are read when another server made one. */
public final class SealedSecrets implements Secrets {
    private static final int DATA_KEY_BYTES = 32;

    private final DataKeyTable table;
    private final SecretKey master;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private volatile SortedMap<Long, DataKey> keys;

    private record DataKey(SecretKey key, Instant created) {}

    private SealedSecrets(DataKeyTable table, SecretKey master, Clock clock) {
        this.table = table;
        this.master = master;
        this.clock = clock;
        this.keys = load();
    }

    /**
     * Opens the keys; on first use makes master key and data key.
     *
     * @param transactions on a database that has this bundle's migrations
     * @param directory that holds the master key
     * @throws SallyportException {@code INTERNAL} when the master key is missing, readable by others or not the right one
     */
    public static SealedSecrets open(Transactions transactions, Path directory, Clock clock) {
        DataKeyTable table = new DataKeyTable(transactions);
        SecretKey master = MasterKey.read(directory).orElseGet(() -> {
            if (!table.all().isEmpty()) {
                throw failed(
                        "Master key %s is missing, but the database has secrets under it: restore the file"
                                .formatted(directory.resolve(MasterKey.FILE)),
                        null);
            }
            return MasterKey.create(directory, new SecureRandom());
        });
        SealedSecrets secrets = new SealedSecrets(table, master, clock);
        if (secrets.keys.isEmpty()) {
            secrets.rotate();
        }
        return secrets;
    }

    /** Makes a new data key, which seals from now on. Must not be called inside a transaction: a rollback would lose the key. */
    public void rotate() {
        byte[] key = new byte[DATA_KEY_BYTES];
        random.nextBytes(key);
        table.add(clock.instant(), id -> {
            try {
                return Envelope.seal(master, id, DataKeyTable.row(id), key, random);
            } catch (GeneralSecurityException e) {
                throw failed("A data key cannot be wrapped", e);
            }
        });
        keys = load();
    }

    /** Makes a new data key if the newest is older than that. */
    void rotateIfOlderThan(Duration age) {
        SortedMap<Long, DataKey> now = keys;
        if (now.get(now.lastKey()).created().plus(age).isBefore(clock.instant())) {
            rotate();
        }
    }

    @Override
    public byte[] seal(String row, byte[] secret) {
        SortedMap<Long, DataKey> now = keys;
        long id = now.lastKey();
        try {
            return Envelope.seal(now.get(id).key(), id, row, secret, random);
        } catch (GeneralSecurityException e) {
            throw failed("The secret of %s cannot be sealed".formatted(row), e);
        }
    }

    @Override
    public byte[] open(String row, byte[] envelope) {
        try {
            long id = Envelope.keyId(envelope);
            if (!keys.containsKey(id)) {
                keys = load();
            }
            DataKey key = keys.get(id);
            if (key == null) {
                throw failed(
                        "The secret of %s is sealed under data key %d, which does not exist".formatted(row, id), null);
            }
            return Envelope.open(key.key(), row, envelope);
        } catch (GeneralSecurityException e) {
            throw failed("The secret of %s does not open: it was changed or belongs to another row".formatted(row), e);
        }
    }

    private SortedMap<Long, DataKey> load() {
        TreeMap<Long, DataKey> loaded = new TreeMap<>();
        for (DataKeyTable.Wrapped wrapped : table.all()) {
            try {
                byte[] key = Envelope.open(master, DataKeyTable.row(wrapped.id()), wrapped.envelope());
                loaded.put(wrapped.id(), new DataKey(new SecretKeySpec(key, "AES"), wrapped.created()));
            } catch (GeneralSecurityException e) {
                throw failed(
                        "Data key %d does not open: master.key is not the one that this database was made with"
                                .formatted(wrapped.id()),
                        e);
            }
        }
        return Collections.unmodifiableSortedMap(loaded);
    }

    private static SallyportException failed(String message, Throwable cause) {
        return new SallyportException(CommonError.INTERNAL, message, cause);
    }
}
