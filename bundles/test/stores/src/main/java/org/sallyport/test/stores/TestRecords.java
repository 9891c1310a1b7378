package org.sallyport.test.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.sallyport.api.store.Records;
import org.sallyport.core.store.JdbcRecords;

/** Records as an adapter gets them, on one real store for all tests of a Java virtual machine. */
public final class TestRecords {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static TestStore store;

    private TestRecords() {}

    /** A space of its own, in which nothing is. */
    public static Records empty() {
        return new JdbcRecords(shared(), "org.example.test" + NUMBER.incrementAndGet());
    }

    private static synchronized TestStore shared() {
        if (store == null) {
            store = ofStore();
            Runtime.getRuntime().addShutdownHook(new Thread(store::close, "test-records-close"));
        }
        return store;
    }

    /** With the migrations of the store itself, from its classes or its jar. */
    private static TestStore ofStore() {
        String owner = "org.sallyport.core.store";
        try {
            Path built = Path.of(JdbcRecords.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(built)) {
                return TestStore.with(owner, built.resolve("migrations"));
            }
            try (FileSystem jar = FileSystems.newFileSystem(built)) {
                return TestStore.with(owner, jar.getPath("migrations"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
