package org.sallyport.adapter.identity.local;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.store.Records;
import org.sallyport.api.store.Records.Entry;
import org.sallyport.spi.identity.IdentityProvider;

/**
 * Keeps the passwords of the local realm as argon2id hashes in this bundle's records.
 *
 * <p>An unknown account costs a hash like a known one. Only so many hashes are computed at once; who has to wait beyond the deadline is
 * told {@code PROVIDER_UNAVAILABLE}. A hash made with other settings than today's is made anew at the next right password.
 */
@Component(
        service = IdentityProvider.class,
        configurationPid = LocalIdentityProvider.PID,
        property = IdentityProvider.REALM + "=" + IdentityProvider.LOCAL_REALM)
@Designate(ocd = LocalIdentityProvider.Config.class)
public final class LocalIdentityProvider implements IdentityProvider {
    static final String PID = "org.sallyport.adapter.identity.local";

    private static final Pattern USER_NAME = Pattern.compile("[A-Za-z0-9+=,.@_-]{1,64}");
    private static final int MIN_PASSWORD = 12;
    private static final int MAX_PASSWORD = 1024;
    private static final int MOST_AT_ONCE = 64;
    private static final int ATTEMPTS = 5;

    /** Cost of password hashes. */
    @ObjectClassDefinition(
            name = "Sallyport: local accounts",
            description = "How passwords of local accounts are hashed")
    public @interface Config {
        @AttributeDefinition(name = "Memory", description = "KiB for one hash, 19456 to 1048576")
        int memory_kib() default Argon2Settings.LEAST_MEMORY_KIB;

        @AttributeDefinition(name = "Iterations", description = "Passes over the memory, 2 to 32")
        int iterations() default Argon2Settings.LEAST_ITERATIONS;

        @AttributeDefinition(name = "Parallelism", description = "Lanes, 1 to 16")
        int parallelism() default 1;

        @AttributeDefinition(name = "Hashes at once", description = "Others wait until their deadline; 1 to 64")
        int concurrent_hashes() default 2;
    }

    private final Records records;
    private final Argon2Settings settings;
    private final PasswordHash nobody;
    private final Turns turns;

    @Activate
    public LocalIdentityProvider(Config config, @Reference Records records) {
        this(config, records, Clock.systemUTC());
    }

    LocalIdentityProvider(Config config, Records records, Clock clock) {
        if (config.concurrent_hashes() < 1 || config.concurrent_hashes() > MOST_AT_ONCE) {
            throw new IllegalArgumentException(
                    "concurrent_hashes must be 1 to %d, was %d".formatted(MOST_AT_ONCE, config.concurrent_hashes()));
        }
        this.records = records;
        this.settings = new Argon2Settings(config.memory_kib(), config.iterations(), config.parallelism());
        this.nobody = PasswordHash.ofNobody(settings);
        this.turns = new Turns(config.concurrent_hashes(), clock);
    }

    @Override
    public boolean verifyPassword(String userName, char[] password, Instant deadline) {
        if (password.length > MAX_PASSWORD) {
            return false;
        }
        Optional<Entry> record = USER_NAME.matcher(userName).matches() ? records.get(key(userName)) : Optional.empty();
        PasswordHash stored = record.map(LocalIdentityProvider::hash).orElse(nobody);
        boolean right = turns.take(deadline, () -> stored.matches(password)) && record.isPresent();
        if (right && !stored.settings().equals(settings)) {
            PasswordHash renewed = turns.take(deadline, () -> PasswordHash.of(password, settings));
            // a changed record means that the password was set meanwhile; then that one stays
            records.put(key(userName), bytes(renewed), record.get().revision());
        }
        return right;
    }

    @Override
    public void setPassword(String userName, char[] password, Instant deadline) {
        if (!USER_NAME.matcher(userName).matches()) {
            throw invalid("A user name has 1 to 64 letters, digits and characters of +=,.@_-");
        }
        if (password.length < MIN_PASSWORD || password.length > MAX_PASSWORD) {
            throw invalid("A password has %d to %d characters, this one has %d"
                    .formatted(MIN_PASSWORD, MAX_PASSWORD, password.length));
        }
        byte[] value = bytes(turns.take(deadline, () -> PasswordHash.of(password, settings)));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long revision = records.get(key(userName)).map(Entry::revision).orElse(Records.ABSENT);
            if (records.put(key(userName), value, revision).isPresent()) {
                return;
            }
        }
        throw new SallyportException(
                AccessError.PROVIDER_UNAVAILABLE,
                "The password of %s is being changed by others at the same time; try again.".formatted(userName));
    }

    private static PasswordHash hash(Entry record) {
        return PasswordHash.parse(new String(record.value(), StandardCharsets.US_ASCII));
    }

    private static byte[] bytes(PasswordHash hash) {
        return hash.text().getBytes(StandardCharsets.US_ASCII);
    }

    private static String key(String userName) {
        return "password/" + userName;
    }

    private static SallyportException invalid(String message) {
        return new SallyportException(CommonError.INVALID_ARGUMENT, message + ".");
    }
}
