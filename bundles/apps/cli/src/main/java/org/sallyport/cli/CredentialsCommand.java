package org.sallyport.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.sallyport.cli.login.EnvironmentLines;
import org.sallyport.cli.login.Place;
import org.sallyport.cli.login.ProcessCredentials;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Hands the credentials of who is signed in to other programs. */
@Command(
        name = "credentials",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the credentials of who is signed in, for other programs.",
            "As credential_process in a profile of ~/.aws/config they keep the AWS CLI and SDKs signed in; --format profile prints one."
        })
final class CredentialsCommand implements Callable<Integer> {
    /** Named as on the command line. */
    enum Format {
        /** JSON as AWS's tools read it from a process. */
        process,
        /** Lines for a shell. */
        env,
        /** A profile for {@code ~/.aws/config}, without any secret. */
        profile
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "FORM",
            defaultValue = "process",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Format format;

    private final Surroundings surroundings;

    CredentialsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Place place = Place.of(surroundings.environment(), surroundings.home());
        String text =
                switch (format) {
                    case process -> ProcessCredentials.json(place, Instant.now());
                    case env -> EnvironmentLines.of(place, Instant.now());
                    case profile -> ProcessCredentials.profile(place);
                };
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
