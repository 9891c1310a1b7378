package org.sallyport.protocol;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the tests' files are: the full sets when the build names a folder that has them, else the trimmed copies. */
public final class Fixtures {
    private Fixtures() {}

    public static Path folder(String name) {
        String shared = System.getProperty("sallyport.shared", "");
        Path full = Path.of(shared, name);
        if (!shared.isEmpty() && Files.isDirectory(full)) {
            return full;
        }
        URL copy = Fixtures.class.getResource("/" + name);
        if (copy == null) {
            throw new IllegalStateException("no test resources " + name);
        }
        try {
            return Path.of(copy.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
