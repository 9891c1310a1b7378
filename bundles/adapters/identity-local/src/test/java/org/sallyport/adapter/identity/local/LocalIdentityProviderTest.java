package org.sallyport.adapter.identity.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.adapter.identity.local.LocalIdentityProvider.Config;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.store.Records;
import org.sallyport.test.contract.InMemoryRecords;

class LocalIdentityProviderTest {
    private static final char[] PASSWORD = "correct horse".toCharArray();

    private final InMemoryRecords records = new InMemoryRecords();

    @Test
    void keepsOnlyAnArgon2idHashWithItsSettings() {
        provider(Settings.DEFAULTS).setPassword("bob", PASSWORD, soon());

        String kept = new String(records.get("password/bob").orElseThrow().value(), StandardCharsets.US_ASCII);
        assertThat(kept)
                .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}")
                .doesNotContain(new String(PASSWORD));
    }

    @Test
    void rehashesAtTheNextRightPasswordWhenTheSettingsAreRaised() {
        provider(Settings.DEFAULTS).setPassword("bob", PASSWORD, soon());
        LocalIdentityProvider raised = provider(new Settings(20_000, 3, 1, 2).config());

        assertThat(raised.verifyPassword("bob", "wrong password".toCharArray(), soon()))
                .isFalse();
        assertThat(kept()).contains("m=19456,t=2");
        assertThat(raised.verifyPassword("bob", PASSWORD, soon())).isTrue();
        assertThat(kept()).contains("m=20000,t=3");
        assertThat(raised.verifyPassword("bob", PASSWORD, soon())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "bob/../eve", "ünicode"})
    void refusesNamesThatNoUserHas(String name) {
        LocalIdentityProvider provider = provider(Settings.DEFAULTS);

        assertCode(() -> provider.setPassword(name, PASSWORD, soon()), CommonError.INVALID_ARGUMENT);
        assertThat(provider.verifyPassword(name, PASSWORD, soon())).isFalse();
    }

    @Test
    void refusesPasswordsOutsideTheLimits() {
        LocalIdentityProvider provider = provider(Settings.DEFAULTS);

        assertCode(() -> provider.setPassword("bob", new char[11], soon()), CommonError.INVALID_ARGUMENT);
        assertCode(() -> provider.setPassword("bob", new char[1025], soon()), CommonError.INVALID_ARGUMENT);
        assertThat(provider.verifyPassword("bob", new char[1025], soon())).isFalse();
    }

    @Test
    void setsThePasswordAlthoughTheRecordChangesMeanwhile() {
        LocalIdentityProvider provider =
                new LocalIdentityProvider(Settings.DEFAULTS, new Contended(records, 3), Clock.systemUTC());

        provider.setPassword("bob", PASSWORD, soon());

        assertThat(provider.verifyPassword("bob", PASSWORD, soon())).isTrue();
    }

    @Test
    void givesUpWithAClearErrorWhenTheRecordNeverHoldsStill() {
        LocalIdentityProvider provider =
                new LocalIdentityProvider(Settings.DEFAULTS, new Contended(records, 1000), Clock.systemUTC());

        assertCode(() -> provider.setPassword("bob", PASSWORD, soon()), AccessError.PROVIDER_UNAVAILABLE);
    }

    @Test
    void shipsTheDefaultsThatTheTestsUse() {
        for (Method attribute : Config.class.getDeclaredMethods()) {
            Object shipped = attribute.getDefaultValue();
            assertThat(shipped).as(attribute.getName()).isEqualTo(valueOf(attribute));
        }
    }

    static Stream<Config> settingsOutsideTheLimits() {
        return Stream.of(
                new Settings(19455, 2, 1, 2).config(),
                new Settings(1 << 21, 2, 1, 2).config(),
                new Settings(19456, 1, 1, 2).config(),
                new Settings(19456, 33, 1, 2).config(),
                new Settings(19456, 2, 0, 2).config(),
                new Settings(19456, 2, 17, 2).config(),
                new Settings(19456, 2, 1, 0).config(),
                new Settings(19456, 2, 1, 65).config());
    }

    @ParameterizedTest
    @MethodSource("settingsOutsideTheLimits")
    void refusesSettingsOutsideTheLimits(Config config) {
        assertThatThrownBy(() -> provider(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(memory_kib|iterations|parallelism|concurrent_hashes) must be .*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$argon2id$v=19$m=1,t=1,p=1$x$y", "$2a$10$abcdefghijklmnopqrstuv"})
    void refusesToReadOtherHashes(String text) {
        assertThatThrownBy(() -> PasswordHash.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Somebody else writes the record just before this many of our writes. */
    private record Contended(Records records, int[] times) implements Records {
        Contended(Records records, int times) {
            this(records, new int[] {times});
        }

        @Override
        public Optional<Entry> get(String key) {
            return records.get(key);
        }

        @Override
        public Optional<Long> put(String key, byte[] value, long expectedRevision) {
            if (times[0]-- > 0) {
                records.put(key, new byte[] {1}, expectedRevision);
            }
            return records.put(key, value, expectedRevision);
        }

        @Override
        public boolean delete(String key, long expectedRevision) {
            return records.delete(key, expectedRevision);
        }

        @Override
        public List<Entry> scan(String prefix, String afterKey, int limit) {
            return records.scan(prefix, afterKey, limit);
        }
    }

    private static Object valueOf(Method attribute) {
        try {
            return attribute.invoke(Settings.DEFAULTS);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertCode(ThrowingCallable call, Enum<?> code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SallyportException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private LocalIdentityProvider provider(Config config) {
        return new LocalIdentityProvider(config, records, Clock.systemUTC());
    }

    private String kept() {
        return new String(records.get("password/bob").orElseThrow().value(), StandardCharsets.US_ASCII);
    }

    private static Instant soon() {
        return Instant.now().plusSeconds(60);
    }
}
