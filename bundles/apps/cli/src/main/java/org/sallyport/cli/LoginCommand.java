package org.sallyport.cli;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sallyport.channel.api.ServiceException;
import org.sallyport.cli.login.EnvironmentLines;
import org.sallyport.cli.login.Lifetimes;
import org.sallyport.cli.login.LoginService;
import org.sallyport.cli.login.LoginService.Person;
import org.sallyport.cli.login.Place;
import org.sallyport.cli.settings.Login;
import org.sallyport.cli.terminal.SecretPrompt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Signs a person in: temporary credentials instead of an access key. Password and code are never arguments. */
@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = {
            "Signs in with user name and password, and the code of the second factor if there is one.",
            "What is kept is over after some hours, and ended at once by sallyport logout. A server that is not known yet is named with"
                    + " --url and --ca-fingerprint."
        })
final class LoginCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    @Spec
    private CommandSpec spec;

    @Option(names = "--url", paramLabel = "URL", description = "The server's API, https://host:port.")
    private URI url;

    @Option(
            names = "--ca-fingerprint",
            paramLabel = "SHA256",
            description = "SHA-256 of the server's certificate authority, as its operator names it.")
    private String fingerprint;

    @Option(names = "--user", paramLabel = "NAME", description = "Who signs in; else the last one, else it is asked.")
    private String user;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "How long it holds, for instance 90m or 8h; else as long as the server allows.")
    private String duration;

    @Option(
            names = "--password-stdin",
            description = "Reads the password from standard input, and a code, if one is needed, from its second line.")
    private boolean fromInput;

    @Option(
            names = "--export",
            description =
                    "Prints lines for a shell as well, so that the AWS CLI works: eval \"$(sallyport login --export)\".")
    private boolean export;

    @Option(names = "--status", description = "Signs nobody in; says who is, and until when. Status 1 when nobody is.")
    private boolean status;

    private final Surroundings surroundings;

    LoginCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Place place = Place.of(surroundings.environment(), surroundings.home());
        if (status) {
            return tell(place);
        }
        Optional<Integer> minutes = minutes();
        try (LoginService service = service(place)) {
            Optional<Login> last = place.login();
            String name = user != null ? user : last.map(Login::user).orElse("");
            Login login = signIn(service, name.isEmpty() ? askedName() : name, minutes);
            place.keep(service.server(login, place), login);
            spec.commandLine()
                    .getErr()
                    .println("Signed in as " + login.user() + " until " + TIME.format(login.expires())
                            + ". Try: sallyport nodes");
        }
        if (export) {
            spec.commandLine().getOut().print(EnvironmentLines.of(place, Instant.now()));
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    private LoginService service(Place place) throws IOException {
        try {
            return LoginService.at(place, Optional.ofNullable(url), Optional.ofNullable(fingerprint));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Login signIn(LoginService service, String name, Optional<Integer> minutes) throws IOException {
        String password = secret("Password of " + name + ": ");
        if (password.isEmpty()) {
            throw new IOException("The password is empty; nothing was changed");
        }
        try {
            return service.signIn(new Person(name, password, Optional.empty()), minutes);
        } catch (ServiceException e) {
            if (!e.code().equals("code-required")) {
                throw e;
            }
        }
        String code = secret("Code of the second factor: ").strip();
        return service.signIn(new Person(name, password, Optional.of(code)), minutes);
    }

    private String askedName() throws IOException {
        Optional<String> typed = fromInput
                ? Optional.empty()
                : SecretPrompt.shown(
                        "User name: ", surroundings.in(), spec.commandLine().getErr());
        return typed.map(String::strip)
                .filter(name -> !name.isEmpty())
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "Give --user"));
    }

    private String secret(String question) throws IOException {
        if (fromInput) {
            return SecretPrompt.line(surroundings.in());
        }
        return SecretPrompt.hidden(
                        question, surroundings.in(), spec.commandLine().getErr())
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "Standard input is no terminal; give the password with --password-stdin"));
    }

    private Optional<Integer> minutes() {
        try {
            return Optional.ofNullable(duration).map(Lifetimes::minutes);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--duration: " + e.getMessage(), e);
        }
    }

    private int tell(Place place) throws IOException {
        Optional<Login> login = place.login();
        if (login.isEmpty()) {
            spec.commandLine().getErr().println("Nobody is signed in. Run: sallyport login");
            return 1;
        }
        login.get().requireLive(Instant.now());
        try (LoginService service = LoginService.at(place, Optional.empty(), Optional.empty())) {
            if (!service.holds(login.get())) {
                throw new IOException("The server ended the sign-in of %s. Run: sallyport login"
                        .formatted(login.get().user()));
            }
        }
        spec.commandLine()
                .getOut()
                .println("%s at %s until %s (%s)"
                        .formatted(
                                login.get().user(),
                                login.get().url(),
                                TIME.format(login.get().expires()),
                                Lifetimes.left(Instant.now(), login.get().expires())));
        return 0;
    }
}
