package org.sallyport.cli.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.sallyport.protocol.sigv4.SigningCredentials;

/**
 * The credentials of who is signed in, read anew for each request: a session that runs for longer than its sign-in goes on with the next
 * one, made in another terminal. A sign-in of somebody else does not count. Any thread.
 */
final class LoginCredentials implements Supplier<SigningCredentials> {
    private final Path file;
    private final Login first;

    LoginCredentials(Path file, Login first) {
        this.file = file;
        this.first = first;
    }

    @Override
    public SigningCredentials get() {
        try {
            return Login.read(file)
                    .filter(now -> now.arn().equals(first.arn()) && now.url().equals(first.url()))
                    .orElse(first)
                    .signing();
        } catch (IOException e) {
            // Being replaced or damaged: what was read at the start holds until the server says otherwise.
            return first.signing();
        }
    }
}
