package org.sallyport.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sallyport.channel.api.ServiceException;
import org.sallyport.cli.login.LoginService;
import org.sallyport.cli.login.Place;
import org.sallyport.cli.settings.Login;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ends what {@link LoginCommand} began, on the server and here. */
@Command(
        name = "logout",
        mixinStandardHelpOptions = true,
        description = {
            "Signs out: the server takes the credentials no longer, and they are forgotten here.",
            "Sessions that run go on; an access key of sallyport configure stays."
        })
final class LogoutCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--everywhere", description = "In all browsers and command lines of this person.")
    private boolean everywhere;

    private final Surroundings surroundings;

    LogoutCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Place place = Place.of(surroundings.environment(), surroundings.home());
        Optional<Login> login = place.login();
        if (login.isEmpty()) {
            spec.commandLine().getErr().println("Nobody was signed in.");
            return everywhere ? 1 : 0;
        }
        try (LoginService service = LoginService.at(place, Optional.empty(), Optional.empty())) {
            service.end(login.get(), everywhere);
        } catch (IOException | ServiceException e) {
            place.forget();
            String reason = e instanceof ServiceException ? e.toString() : e.getMessage();
            throw new IOException(
                    "The credentials are forgotten here, and the server was not told (%s): it takes them until %s"
                            .formatted(reason, login.get().expiresAt()),
                    e);
        }
        place.forget();
        spec.commandLine()
                .getErr()
                .println(login.get().user() + " is signed out" + (everywhere ? " everywhere." : "."));
        return 0;
    }
}
