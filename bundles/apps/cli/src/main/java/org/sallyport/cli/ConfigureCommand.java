package org.sallyport.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.cli.settings.Login;
import org.sallyport.cli.settings.OwnConfiguration;
import org.sallyport.cli.terminal.SecretPrompt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Remembers a server, pins its certificate authority and keeps an access key. The secret is never an argument. */
@Command(
        name = "configure",
        mixinStandardHelpOptions = true,
        description = {
            "Remembers a server and an access key.",
            "The secret is taken from SALLYPORT_SECRET_ACCESS_KEY, asked for at a terminal, or read from standard input."
        })
final class ConfigureCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--url", required = true, paramLabel = "URL", description = "The server's API, https://host:port.")
    private URI url;

    @Option(
            names = "--ca-fingerprint",
            required = true,
            paramLabel = "SHA256",
            description = "SHA-256 of the server's certificate authority, as its operator names it.")
    private String fingerprint;

    @Option(names = "--region", required = true, paramLabel = "NAME", description = "Region name of the server.")
    private String region;

    @Option(names = "--access-key-id", required = true, paramLabel = "ID", description = "The access key's id.")
    private String accessKeyId;

    private final Surroundings surroundings;

    ConfigureCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Path file = OwnConfiguration.file(surroundings.environment(), surroundings.home());
        OwnConfiguration kept = new OwnConfiguration(url.toString(), region, authority(), accessKeyId, secret());
        kept.write(file);
        Login.forget(Login.file(file));
        spec.commandLine().getErr().println("Kept in " + file + ". Try: sallyport nodes");
        return 0;
    }

    private String authority() throws IOException {
        try {
            return CaTrust.fetchPinned(url, fingerprint, ProxySettings.fromEnvironment(surroundings.environment()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private String secret() throws IOException {
        String secret = surroundings.environment().getOrDefault("SALLYPORT_SECRET_ACCESS_KEY", "");
        if (secret.isBlank()) {
            secret = SecretPrompt.read(
                    "Secret access key: ", surroundings.in(), spec.commandLine().getErr());
        }
        if (secret.isBlank()) {
            throw new IOException("The secret access key is empty; nothing was changed");
        }
        return secret.strip();
    }
}
