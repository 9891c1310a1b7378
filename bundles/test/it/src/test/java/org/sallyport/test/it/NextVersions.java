package org.sallyport.test.it;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Manifest;

/** Jars that an operator could drop into {@code plugins/}: next versions of the shipped adapters. */
final class NextVersions {
    static final String VERSION = "0.2.0";

    private NextVersions() {}

    /** A bundle with a shipped adapter's name whose one class is both activator and service. */
    static void bundle(Path folder, String symbolicName, String version, Class<?> activator) throws Exception {
        try (Builder builder = new Builder()) {
            common(builder, symbolicName, version);
            builder.setProperty("Bundle-Activator", activator.getName());
            builder.setProperty("Import-Package", "*");
            String path = activator.getName().replace('.', '/') + ".class";
            try (Jar classes = new Jar("classes")) {
                byte[] content =
                        activator.getClassLoader().getResourceAsStream(path).readAllBytes();
                classes.putResource(path, new EmbeddedResource(content, 0));
                builder.addClasspath(classes);
                builder.setProperty("-includepackage", activator.getPackageName());
                write(builder.build(), folder.resolve(symbolicName + "-" + version + ".jar"));
            }
        }
    }

    /** A bundle with a shipped adapter's name that cannot resolve anywhere. */
    static void unresolvable(Path folder, String symbolicName, String version) throws Exception {
        try (Builder builder = new Builder()) {
            common(builder, symbolicName, version);
            builder.setProperty("Require-Capability", "org.sallyport.nowhere;filter:=\"(nothing=provides this)\"");
            builder.setProperty("-resourceonly", "true");
            try (Jar content = new Jar("content")) {
                content.putResource("readme.txt", new EmbeddedResource("nothing".getBytes(), 0));
                builder.setJar(content);
                write(builder.build(), folder.resolve(symbolicName + "-" + version + ".jar"));
            }
        }
    }

    /** The shipped jar itself, as its next version. */
    static void renumbered(Path shipped, Path folder, String symbolicName) throws Exception {
        try (Jar jar = new Jar(shipped.toFile())) {
            Manifest manifest = jar.getManifest();
            manifest.getMainAttributes().putValue("Bundle-Version", VERSION);
            jar.setManifest(manifest);
            write(jar, folder.resolve(symbolicName + "-" + VERSION + ".jar"));
        }
    }

    private static void common(Builder builder, String symbolicName, String version) {
        builder.setProperty("Bundle-SymbolicName", symbolicName);
        builder.setProperty("Bundle-Version", version);
        builder.setProperty("Sallyport-Ring", "adapter");
        builder.setProperty("Sallyport-Role", "adapter");
        // bnd would take the version of the class path's api; any of this build serves
        builder.setProperty("-consumer-policy", "${range;[==,+)}");
    }

    private static void write(Jar jar, Path file) throws Exception {
        Files.createDirectories(file.getParent());
        File target = file.toFile();
        jar.write(target);
    }
}
