package org.sallyport.test.house;

import aQute.bnd.header.Parameters;
import aQute.bnd.osgi.Domain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The bundles as they were built and laid out, read from their manifests. */
final class BuiltBundles {

    /** One built jar. {@code folder} is the folder of the assembled server that it lies in. */
    record Built(
            String name, String role, String ring, String folder, Set<String> exports, Set<String> imports, Path file) {
        boolean ours() {
            return name.startsWith("org.sallyport.");
        }
    }

    private BuiltBundles() {}

    static Path distro() {
        return Path.of(System.getProperty("sallyport.distro"));
    }

    static List<Built> server() {
        return Stream.of("boot", "system", "plugins")
                .flatMap(folder ->
                        jars(distro().resolve("server").resolve(folder)).map(BuiltBundles::read))
                .toList();
    }

    static List<Built> program(String name) {
        return jars(distro().resolve(name).resolve("lib"))
                .filter(file -> file.getFileName().toString().startsWith("org.sallyport."))
                .map(BuiltBundles::read)
                .toList();
    }

    private static Stream<Path> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Built read(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            Domain manifest = Domain.domain(jar.getManifest());
            Parameters imports = manifest.getImportPackage();
            return new Built(
                    manifest.getBundleSymbolicName() == null
                            ? file.getFileName().toString()
                            : manifest.getBundleSymbolicName().getKey(),
                    manifest.get("Sallyport-Role", ""),
                    manifest.get("Sallyport-Ring", ""),
                    file.getParent().getFileName().toString(),
                    manifest.getExportPackage().keySet(),
                    imports.keySet(),
                    file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
