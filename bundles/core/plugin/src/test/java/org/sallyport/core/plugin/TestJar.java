package org.sallyport.core.plugin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.sallyport.core.plugin.sample.Speaker;

/** Builds an adapter's jar. */
final class TestJar {
    private final Manifest manifest = new Manifest();
    private final List<Class<?>> classes = new ArrayList<>(List.of(Speaker.class));

    private TestJar() {
        header("Manifest-Version", "1.0");
        header("Bundle-ManifestVersion", "2");
    }

    static TestJar adapter(String symbolicName, String version, String says) {
        return new TestJar()
                .header("Bundle-SymbolicName", symbolicName)
                .header("Bundle-Version", version)
                .header("Bundle-Activator", Speaker.class.getName())
                .header("Import-Package", "org.osgi.framework")
                .header("Sallyport-Ring", "adapter")
                .header("Test-Says", says);
    }

    TestJar header(String name, String value) {
        manifest.getMainAttributes().putValue(name, value);
        return this;
    }

    TestJar without(String name) {
        manifest.getMainAttributes().remove(new Attributes.Name(name));
        return this;
    }

    TestJar with(Class<?> type) {
        classes.add(type);
        return this;
    }

    byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Class<?> type : classes) {
                String path = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(path));
                try (InputStream in = type.getClassLoader().getResourceAsStream(path)) {
                    in.transferTo(jar);
                }
            }
        }
        return bytes.toByteArray();
    }

    /** Puts it into a folder in one step. */
    void drop(Path folder, String file) throws IOException {
        drop(folder, file, bytes(), Instant.now());
    }

    static void drop(Path folder, String file, byte[] content, Instant modified) throws IOException {
        Path temporary = Files.write(folder.resolve("." + file + ".tmp"), content);
        Files.setLastModifiedTime(temporary, FileTime.from(modified));
        Files.move(temporary, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }
}
