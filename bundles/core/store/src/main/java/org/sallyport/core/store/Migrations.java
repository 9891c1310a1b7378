package org.sallyport.core.store;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.store.Transactions;

/**
 * All migrations of one bundle, numbered from 0001 without a gap.
 *
 * <p>Each is applied in one transaction. H2 commits at each definition, so the history counts the statements carried out: a migration
 * that was broken off goes on where it stopped.
 */
public final class Migrations {
    private static final String FOLDER = "migrations/";
    private static final int MAX_FILE_BYTES = 1024 * 1024;

    private final String owner;
    private final List<Migration> migrations;

    private Migrations(String owner, List<Migration> migrations) {
        this.owner = owner;
        this.migrations = migrations.stream()
                .sorted(Comparator.comparingInt(Migration::version))
                .toList();
        for (int i = 0; i < this.migrations.size(); i++) {
            Migration migration = this.migrations.get(i);
            if (migration.version() != i + 1) {
                throw new SallyportException(
                        CommonError.INTERNAL,
                        "Migration %s of %s should be number %04d: numbers are contiguous from 0001"
                                .formatted(migration.name(), owner, i + 1));
            }
        }
    }

    /**
     * The files of a folder, for instance {@code src/main/resources/migrations} in a test.
     *
     * @param owner symbolic name of the bundle
     */
    public static Migrations inFolder(String owner, Path folder) {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> listed = Files.list(folder)) {
            for (Path file : listed.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new SallyportException(CommonError.INTERNAL, "Migrations in %s cannot be read".formatted(folder), e);
        }
        return of(owner, files);
    }

    /** The migrations inside a bundle; empty when it has none. */
    static Migrations inBundle(Bundle bundle) {
        Map<String, String> files = new TreeMap<>();
        Enumeration<String> paths = bundle.getEntryPaths(FOLDER);
        while (paths != null && paths.hasMoreElements()) {
            String path = paths.nextElement();
            URL entry = bundle.getEntry(path);
            try (var in = entry.openStream()) {
                byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
                if (bytes.length > MAX_FILE_BYTES) {
                    throw new SallyportException(
                            CommonError.INTERNAL,
                            "Migration %s of %s is longer than 1 MiB".formatted(path, bundle.getSymbolicName()));
                }
                files.put(path.substring(FOLDER.length()), new String(bytes, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new SallyportException(
                        CommonError.INTERNAL,
                        "Migration %s of %s cannot be read".formatted(path, bundle.getSymbolicName()),
                        e);
            }
        }
        return of(bundle.getSymbolicName(), files);
    }

    static Migrations of(String owner, Map<String, String> files) {
        List<Migration> parsed = new ArrayList<>();
        files.forEach((name, sql) -> parsed.add(Migration.parse(name, sql)));
        return new Migrations(owner, parsed);
    }

    boolean isEmpty() {
        return migrations.isEmpty();
    }

    /**
     * Brings the schema up to date.
     *
     * @return number of the newest migration
     * @throws SallyportException {@code INTERNAL} when an applied migration changed or is gone, or when one fails
     */
    public int apply(Transactions transactions) {
        SchemaHistory history = new SchemaHistory(transactions);
        history.create();
        history.checkNothingMissing(owner, migrations.size());
        for (Migration migration : migrations) {
            history.apply(owner, migration);
        }
        return migrations.size();
    }
}
