package org.sallyport.cli.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where the person's files are. */
public final class Home {
    private Home() {}

    /** {@code HOME}, as AWS's tools take it; without it what the system knows of the account. */
    public static Path of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("HOME"))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home")));
    }
}
