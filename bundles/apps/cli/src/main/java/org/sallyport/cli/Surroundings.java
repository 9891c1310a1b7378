package org.sallyport.cli;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.sallyport.cli.settings.Home;
import picocli.CommandLine;

/** What a command takes from the process, and the maker of the commands. */
record Surroundings(Map<String, String> environment, InputStream in) implements CommandLine.IFactory {

    static Surroundings ofProcess() {
        return new Surroundings(System.getenv(), System.in);
    }

    Path home() {
        return Home.of(environment);
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (type == ConnectionOptions.class) {
            return type.cast(new ConnectionOptions(this));
        }
        if (type == LoginCommand.class) {
            return type.cast(new LoginCommand(this));
        }
        if (type == LogoutCommand.class) {
            return type.cast(new LogoutCommand(this));
        }
        if (type == CredentialsCommand.class) {
            return type.cast(new CredentialsCommand(this));
        }
        if (type == ConfigureCommand.class) {
            return type.cast(new ConfigureCommand(this));
        }
        if (type == StartSessionCommand.class) {
            return type.cast(new StartSessionCommand(this));
        }
        if (type == AttachCommand.class) {
            return type.cast(new AttachCommand(this));
        }
        return CommandLine.defaultFactory().create(type);
    }
}
