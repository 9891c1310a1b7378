package org.sallyport.test.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.sallyport.test.faults.Fault;
import org.sallyport.test.faults.FaultActivator;

/** Makes the bundle with faults out of this module's classes; it is never shipped. */
final class FaultBundle {
    private static final List<String> CLASSES = List.of(
            "Fault", "Fault$Moment", "FaultActivator", "FaultActivator$Front", "FaultyJournals", "FaultyJournal");
    private static final String FOLDER = "org/sallyport/test/faults/";

    private FaultBundle() {}

    static Path make(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path jar = folder.resolve("faults.jar");
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "org.sallyport.test.faults");
        main.putValue("Bundle-Version", "1.0.0");
        main.putValue("Bundle-Activator", FaultActivator.class.getName());
        main.putValue(
                "Import-Package",
                "org.osgi.framework,org.osgi.util.tracker,org.sallyport.kernel.recording,org.sallyport.kernel.session");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (String name : CLASSES) {
                String entry = FOLDER + name + ".class";
                out.putNextEntry(new ZipEntry(entry));
                try (InputStream in = Fault.class.getClassLoader().getResourceAsStream(entry)) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
        return jar;
    }
}
