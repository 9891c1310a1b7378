package org.sallyport.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.cli.settings.SettingsResolver.Options;
import org.sallyport.cli.testing.TestApi;
import org.sallyport.protocol.sigv4.SigningCredentials;

class SettingsResolverTest {
    private static final Options NONE = options(null, null, null);
    private static final String OWN = "https://own.example:8443";

    private static String ca;

    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeAll
    static void makeAuthority() throws IOException {
        try (TestApi api = new TestApi((target, request) -> new TestApi.Answer(200, ""))) {
            ca = api.caPem();
        }
    }

    @Test
    void optionsWinOverTheEnvironmentAndThatOverTheProfile() throws IOException {
        files("[profile work]\nregion = profile-1\nendpoint_url = https://profile.example\n", WORK_KEY);
        environment.put("AWS_PROFILE", "work");
        assertThat(resolve(NONE)).satisfies(s -> {
            assertThat(s.endpoint()).hasToString("https://profile.example");
            assertThat(s.region()).isEqualTo("profile-1");
        });

        environment.put("AWS_ENDPOINT_URL", "https://any.example");
        environment.put("AWS_DEFAULT_REGION", "default-1");
        assertThat(resolve(NONE).endpoint()).hasToString("https://any.example");
        assertThat(resolve(NONE).region()).isEqualTo("default-1");

        environment.put("AWS_ENDPOINT_URL_SSM", "https://ssm.example");
        environment.put("AWS_REGION", "env-1");
        assertThat(resolve(NONE).endpoint()).hasToString("https://ssm.example");
        assertThat(resolve(NONE).region()).isEqualTo("env-1");

        Options told = options("https://flag.example", "flag-1", null);
        assertThat(resolve(told).endpoint()).hasToString("https://flag.example");
        assertThat(resolve(told).region()).isEqualTo("flag-1");
    }

    @Test
    void keysOfTheEnvironmentGiveWayOnlyToAProfileThatAnOptionNames() throws IOException {
        files("[profile work]\nregion = r\nendpoint_url = https://profile.example\n", WORK_KEY);
        environment.put("AWS_ACCESS_KEY_ID", "AKIAENV");
        environment.put("AWS_SECRET_ACCESS_KEY", "env-secret");
        environment.put("AWS_SESSION_TOKEN", "env-token");
        environment.put("AWS_PROFILE", "work");

        assertThat(key(NONE)).isEqualTo(new SigningCredentials("AKIAENV", "env-secret", Optional.of("env-token")));
        assertThat(key(options(null, null, "work")))
                .isEqualTo(new SigningCredentials("AKIAWORK", "work-secret", Optional.of("work-token")));
    }

    @Test
    void halfAKeyInTheEnvironmentIsAnError() throws IOException {
        own();
        environment.put("AWS_ACCESS_KEY_ID", "AKIAENV");

        assertThatThrownBy(() -> resolve(NONE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("AWS_SECRET_ACCESS_KEY");
    }

    @Test
    void ownConfigurationComesBeforeTheDefaultProfile() throws IOException {
        own();
        files(
                "[default]\nregion = aws-1\nendpoint_url = https://aws.example\n",
                "[default]\naws_access_key_id = AKIAAWS\naws_secret_access_key = aws\n");

        ServiceSettings settings = resolve(NONE);

        assertThat(settings.endpoint()).hasToString(OWN);
        assertThat(settings.region()).isEqualTo("own-1");
        assertThat(settings.credentials().get().accessKeyId()).isEqualTo("AKIAOWN");
        assertThat(settings.trust()).hasToString("CaTrust[1 pinned certificate authorities]");
    }

    @Test
    void aNamedProfileComesBeforeOwnConfiguration() throws IOException {
        own();
        files("[profile work]\nregion = profile-1\nendpoint_url = https://profile.example\n", WORK_KEY);

        ServiceSettings settings = resolve(options(null, null, "work"));

        assertThat(settings.endpoint()).hasToString("https://profile.example");
        assertThat(settings.credentials().get().accessKeyId()).isEqualTo("AKIAWORK");
        assertThat(settings.trust()).hasToString("CaTrust[the system's roots]");
    }

    @Test
    void whatWasKeptForOneServerIsNotUsedForAnother() throws IOException {
        own();
        environment.put("AWS_ENDPOINT_URL_SSM", "https://other.example");

        assertThatThrownBy(() -> resolve(options(null, "r", null))).hasMessageContaining("No credentials are known");

        environment.put("AWS_ACCESS_KEY_ID", "AKIAENV");
        environment.put("AWS_SECRET_ACCESS_KEY", "env-secret");
        assertThat(resolve(options(null, "r", null)).trust()).hasToString("CaTrust[the system's roots]");
    }

    @Test
    void thePinnedAuthorityHoldsForItsServerHoweverThatIsNamed() throws IOException {
        own();

        ServiceSettings settings = resolve(options(OWN + "/", null, null));

        assertThat(settings.trust()).hasToString("CaTrust[1 pinned certificate authorities]");
        assertThat(settings.credentials().get().accessKeyId()).isEqualTo("AKIAOWN");
    }

    @Test
    void trustsTheBundleOfTheEnvironmentElseThatOfTheProfile() throws IOException {
        Path bundle = Files.writeString(home.resolve("ca.pem"), ca);
        Path none = Files.writeString(home.resolve("none.pem"), "no certificate");
        files("[profile work]\nregion = r\nendpoint_url = https://x.example\nca_bundle = " + bundle + "\n", WORK_KEY);

        assertThat(resolve(options(null, null, "work")).trust())
                .hasToString("CaTrust[1 pinned certificate authorities]");

        environment.put("AWS_CA_BUNDLE", none.toString());
        assertThatThrownBy(() -> resolve(options(null, null, "work")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.pem");
    }

    @Test
    void aFileThatOthersCanReadIsRefused() throws IOException {
        own();
        Path file = home.resolve(".config/sallyport/config.json");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> resolve(NONE)).isInstanceOf(IOException.class).hasMessageContaining("chmod 600");
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> resolve(NONE)).hasMessageContaining("No server is known");
        assertThatThrownBy(() -> resolve(options("https://x", null, null))).hasMessageContaining("No region is known");
        assertThatThrownBy(() -> resolve(options("https://x", "r", null)))
                .hasMessageContaining("No credentials are known");
        assertThatThrownBy(() -> resolve(options(null, null, "gone"))).hasMessageContaining("no profile 'gone'");
        assertThatThrownBy(() -> {
                    environment.put("AWS_ACCESS_KEY_ID", "a");
                    environment.put("AWS_SECRET_ACCESS_KEY", "b");
                    resolve(options("http://x", "r", null));
                })
                .hasMessageContaining("https");
    }

    private static final String WORK_KEY =
            "[work]\naws_access_key_id = AKIAWORK\naws_secret_access_key = work-secret\naws_session_token = work-token\n";

    private void own() throws IOException {
        new OwnConfiguration(OWN, "own-1", ca, "AKIAOWN", "own-secret")
                .write(home.resolve(".config/sallyport/config.json"));
    }

    private void files(String config, String credentials) throws IOException {
        Files.createDirectories(home.resolve(".aws"));
        Files.writeString(home.resolve(".aws/config"), config);
        Files.writeString(home.resolve(".aws/credentials"), credentials);
    }

    private ServiceSettings resolve(Options options) throws IOException {
        return new SettingsResolver(environment, home).resolve(options);
    }

    private SigningCredentials key(Options options) throws IOException {
        return resolve(options).credentials().get();
    }

    private static Options options(String endpoint, String region, String profile) {
        return new Options(Optional.ofNullable(endpoint), Optional.ofNullable(region), Optional.ofNullable(profile));
    }
}
