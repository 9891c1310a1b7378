package org.sallyport.cli.login;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.cli.settings.Login;
import org.sallyport.cli.settings.OwnConfiguration;

/** The files of one configuration: the server, who is signed in there, and the authority by itself for programs that want a file. */
public record Place(Path configuration, ProxySettings proxy) {

    public static Place of(Map<String, String> environment, Path home) {
        return new Place(
                OwnConfiguration.file(environment, home).toAbsolutePath(), ProxySettings.fromEnvironment(environment));
    }

    public Optional<OwnConfiguration> server() throws IOException {
        return OwnConfiguration.read(configuration);
    }

    /** Who is signed in, whether or not it still holds; only at the server that is kept. */
    public Optional<Login> login() throws IOException {
        Optional<OwnConfiguration> server = server();
        return Login.read(Login.file(configuration)).filter(login -> server.filter(kept -> kept.isServer(login.url()))
                .isPresent());
    }

    /** @throws IOException nobody is signed in, or no longer; says what to do */
    public Login requireLogin(Instant now) throws IOException {
        Login login = login().orElseThrow(() -> new IOException("Nobody is signed in. Run: sallyport login"));
        login.requireLive(now);
        return login;
    }

    public void keep(OwnConfiguration server, Login login) throws IOException {
        server.write(configuration);
        login.write(Login.file(configuration));
    }

    public void forget() throws IOException {
        Login.forget(Login.file(configuration));
    }
}
