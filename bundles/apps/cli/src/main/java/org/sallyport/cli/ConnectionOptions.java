package org.sallyport.cli;

import java.io.IOException;
import java.util.Optional;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.cli.settings.SettingsResolver;
import picocli.CommandLine.Option;

/** The options that every command shares, named as in AWS's command line. */
final class ConnectionOptions {
    @Option(names = "--endpoint-url", paramLabel = "URL", description = "The server's API, https://host:port.")
    private String endpoint;

    @Option(names = "--region", paramLabel = "NAME", description = "Region name of the server.")
    private String region;

    @Option(names = "--profile", paramLabel = "NAME", description = "A profile of the AWS configuration files.")
    private String profile;

    private final Surroundings surroundings;

    ConnectionOptions(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    ServiceSettings resolve() throws IOException {
        SettingsResolver resolver = new SettingsResolver(surroundings.environment(), surroundings.home());
        return resolver.resolve(new SettingsResolver.Options(
                Optional.ofNullable(endpoint), Optional.ofNullable(region), Optional.ofNullable(profile)));
    }
}
