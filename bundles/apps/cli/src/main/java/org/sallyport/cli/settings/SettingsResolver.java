package org.sallyport.cli.settings;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.protocol.sigv4.SigningCredentials;

/**
 * Finds server, region, trust and credentials the way AWS's tools do: options, then environment, then the profile that is named. Where
 * none is named, what {@code sallyport configure} kept comes before the default profile: that one is mostly of another service. What was
 * kept is for its own server only, its certificate authority and its key alike.
 */
public final class SettingsResolver {

    /** What the command line said; empty where it said nothing. */
    public record Options(Optional<String> endpoint, Optional<String> region, Optional<String> profile) {}

    private final Map<String, String> environment;
    private final Path home;

    public SettingsResolver(Map<String, String> environment, Path home) {
        this.environment = Map.copyOf(environment);
        this.home = home;
    }

    /** @throws IOException says what is missing and how to give it */
    public ServiceSettings resolve(Options options) throws IOException {
        AwsFiles files = AwsFiles.read(environment, home);
        Optional<String> named = options.profile().or(() -> variable("AWS_PROFILE"));
        if (named.isPresent() && !files.has(named.get())) {
            throw new IOException("There is no profile '%s' in the AWS files".formatted(named.get()));
        }
        String profile = named.orElse("default");
        Optional<String> told =
                options.endpoint().or(() -> variable("AWS_ENDPOINT_URL_SSM")).or(() -> variable("AWS_ENDPOINT_URL"));
        Optional<OwnConfiguration> own = own(named).filter(kept -> told.isEmpty() || kept.isServer(told.get()));
        URI endpoint = told.or(() -> own.map(OwnConfiguration::url))
                .or(() -> files.endpoint(profile, "ssm"))
                .map(URI::create)
                .orElseThrow(
                        () -> new IOException(
                                "No server is known; run sallyport login or sallyport configure, or give --endpoint-url or AWS_ENDPOINT_URL_SSM"));
        String region = options.region()
                .or(() -> variable("AWS_REGION"))
                .or(() -> variable("AWS_DEFAULT_REGION"))
                .or(() -> own.map(OwnConfiguration::region))
                .or(() -> files.value(profile, "region"))
                .orElseThrow(() -> new IOException("No region is known; give --region or AWS_REGION"));
        Supplier<SigningCredentials> credentials = credentials(options, profile, own, files);
        CaTrust trust = own.isPresent() ? pinned(own.get()) : trust(profile, files);
        ProxySettings proxy = ProxySettings.fromEnvironment(environment);
        return new ServiceSettings(endpoint, region, trust, proxy, credentials);
    }

    private Optional<OwnConfiguration> own(Optional<String> named) throws IOException {
        return named.isPresent() ? Optional.empty() : OwnConfiguration.read(OwnConfiguration.file(environment, home));
    }

    /** An authority that the pinned one introduces is kept, so that the next call believes it too. */
    private CaTrust pinned(OwnConfiguration own) {
        Path file = OwnConfiguration.file(environment, home);
        return CaTrust.ofPem(List.of(own.caPem()), successor -> own.believing(successor, file));
    }

    /** Keys of the environment give way to a profile only when an option names it, as in AWS's tools. */
    private Supplier<SigningCredentials> credentials(
            Options options, String profile, Optional<OwnConfiguration> own, AwsFiles files) throws IOException {
        Optional<String> key = variable("AWS_ACCESS_KEY_ID");
        Optional<String> secret = variable("AWS_SECRET_ACCESS_KEY");
        if (options.profile().isEmpty() && (key.isPresent() || secret.isPresent())) {
            return fixed(new SigningCredentials(
                    key.orElseThrow(() -> halfAKey("AWS_ACCESS_KEY_ID")),
                    secret.orElseThrow(() -> halfAKey("AWS_SECRET_ACCESS_KEY")),
                    variable("AWS_SESSION_TOKEN")));
        }
        if (own.isPresent()) {
            return own(own.get());
        }
        Optional<String> fileKey = files.value(profile, "aws_access_key_id");
        Optional<String> fileSecret = files.value(profile, "aws_secret_access_key");
        if (fileKey.isPresent() && fileSecret.isPresent()) {
            return fixed(
                    new SigningCredentials(fileKey.get(), fileSecret.get(), files.value(profile, "aws_session_token")));
        }
        throw new IOException(
                ("No credentials are known: profile '%s' has no aws_access_key_id and aws_secret_access_key (other kinds are not"
                                + " supported). Run sallyport login or sallyport configure, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name"
                                + " another --profile")
                        .formatted(profile));
    }

    /** Who is signed in comes before a key that was kept: what the person did last, and what is the person's own. */
    private Supplier<SigningCredentials> own(OwnConfiguration own) throws IOException {
        Path file = Login.file(OwnConfiguration.file(environment, home));
        Optional<Login> login = Login.read(file).filter(kept -> own.isServer(kept.url()));
        if (login.isPresent()) {
            login.get().requireLive(Instant.now());
            return new LoginCredentials(file, login.get());
        }
        if (!own.hasKey()) {
            throw new IOException("You are not signed in at %s. Run: sallyport login".formatted(own.url()));
        }
        return fixed(new SigningCredentials(own.accessKeyId(), own.secretAccessKey(), Optional.empty()));
    }

    private static Supplier<SigningCredentials> fixed(SigningCredentials credentials) {
        return () -> credentials;
    }

    private static IOException halfAKey(String missing) {
        return new IOException("The environment has half an access key: set %s as well".formatted(missing));
    }

    private CaTrust trust(String profile, AwsFiles files) throws IOException {
        Optional<String> bundle = variable("AWS_CA_BUNDLE");
        if (bundle.isPresent()) {
            return CaTrust.fromBundle(Path.of(bundle.get()));
        }
        Optional<String> file = files.value(profile, "ca_bundle");
        return file.isPresent() ? CaTrust.fromBundle(Path.of(file.get())) : CaTrust.systemRoots();
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
