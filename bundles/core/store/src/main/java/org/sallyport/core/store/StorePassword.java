package org.sallyport.core.store;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/** Where the database user's password comes from: the configuration, a file, or the environment. */
final class StorePassword {
    static final String VARIABLE = "SALLYPORT_STORE_PASSWORD";
    private static final int MAX_FILE_BYTES = 4096;

    private StorePassword() {}

    static String from(StoreConfig config, Map<String, String> environment) {
        String file = config.password_file().strip();
        if (!file.isEmpty() && !config._password().isEmpty()) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT, "Store: give .password or password.file, not both");
        }
        if (!file.isEmpty()) {
            return fromFile(Path.of(file));
        }
        // the embedded database is made with a password once; a variable that is there by chance must not lock it
        boolean external = !config.url().isBlank();
        return config._password().isEmpty() && external ? environment.getOrDefault(VARIABLE, "") : config._password();
    }

    private static String fromFile(Path file) {
        if (!file.isAbsolute()) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT, "Store: password.file must be an absolute path, was " + file);
        }
        try {
            return OwnerOnlyFile.read("Password file", file, MAX_FILE_BYTES)
                    .lines()
                    .findFirst()
                    .orElse("");
        } catch (NoSuchFileException e) {
            throw OwnerOnlyFile.refused("Password file", file, "is missing", e);
        }
    }
}
