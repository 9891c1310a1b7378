package org.sallyport.test.it;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.systemTimeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.options.UrlProvisionOption;

/** The server as distro laid it out, with data, plugins and ports of its own, as options of Pax Exam. */
final class AssembledServer {
    private static final int BOOT = 2;
    private static final int SYSTEM = 3;
    private static final int FIRST_PORT = 15_000;
    private static final int LAST_PORT = 32_000;
    private static final int TRIES = 100;

    private AssembledServer() {}

    /** Everything that {@code bin/sallyport-server} would start. */
    static Option[] options(String name) {
        Path server = Path.of(System.getProperty("sallyport.distro"), "server");
        Path work = fresh(work(name));
        Path plugins = copy(server.resolve("plugins"), work.resolve("plugins"), ".jar");
        Path etc = copy(server.resolve("etc"), work.resolve("etc"), ".cfg");
        List<Option> options = new ArrayList<>();
        options.add(frameworkStartLevel(10));
        options.add(systemTimeout(600_000));
        options.add(frameworkProperty("org.apache.felix.http.enable").value("false"));
        options.add(frameworkProperty("org.apache.felix.https.enable").value("false"));
        options.add(frameworkProperty("felix.fileinstall.dir").value(etc));
        options.add(frameworkProperty("felix.fileinstall.filter").value(".*\\.cfg"));
        options.add(frameworkProperty("felix.fileinstall.noInitialDelay").value("true"));
        options.add(frameworkProperty("felix.fileinstall.enableConfigSave").value("false"));
        options.add(systemProperty("sallyport.home").value(server.toString()));
        options.add(systemProperty("sallyport.data").value(work.resolve("data").toString()));
        options.add(systemProperty("sallyport.plugins").value(plugins.toString()));
        options.add(systemProperty("sallyport.api.port").value(Integer.toString(freePort())));
        options.add(systemProperty("sallyport.channel.port").value(Integer.toString(freePort())));
        options.add(systemProperty("logback.configurationFile")
                .value(server.resolve("conf/logback.xml").toUri().toString()));
        jars(server.resolve("boot")).map(jar -> start(jar, BOOT)).forEach(options::add);
        jars(server.resolve("system")).map(jar -> start(jar, SYSTEM)).forEach(options::add);
        options.add(junitBundles());
        return new Option[] {composite(options.toArray(Option[]::new))};
    }

    /** The folder of one server's data, plugins and files of its test. */
    static Path work(String name) {
        return Path.of(System.getProperty("sallyport.work"), name);
    }

    /** The jar of a shipped adapter. */
    static Path shipped(String symbolicName) {
        return jars(Path.of(System.getProperty("sallyport.distro"), "server/plugins"))
                .filter(jar -> jar.getFileName().toString().startsWith(symbolicName + "-"))
                .findFirst()
                .orElseThrow();
    }

    /** The jar of an adapter that is built and not shipped, by its folder. */
    static Path example(String folder) {
        return jars(Path.of(System.getProperty("sallyport.adapters"), folder, "target"))
                .filter(jar -> jar.getFileName().toString().startsWith("org.sallyport.adapter."))
                .findFirst()
                .orElseThrow();
    }

    /** Settings of one bundle, there from the start. */
    static void configure(Path work, String pid, String settings) throws IOException {
        Files.writeString(work.resolve("etc").resolve(pid + ".cfg"), settings);
    }

    private static Option start(Path jar, int level) {
        UrlProvisionOption option = bundle(jar.toUri().toString()).startLevel(level);
        return isFragment(jar) ? option.noStart() : option;
    }

    private static boolean isFragment(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue("Fragment-Host") != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Path> jars(Path folder) {
        return files(folder, ".jar");
    }

    private static Stream<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path copy(Path from, Path to, String ending) {
        try {
            Files.createDirectories(to);
            for (Path file : files(from, ending).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path fresh(Path folder) {
        try {
            if (Files.exists(folder)) {
                try (Stream<Path> old = Files.walk(folder)) {
                    old.sorted((a, b) -> b.compareTo(a))
                            .forEach(path -> path.toFile().delete());
                }
            }
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Below those that the system gives to outgoing connections: none of them takes it while the server starts, or swaps its listener. */
    private static int freePort() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                continue; // taken
            }
        }
        throw new IllegalStateException("No free port from %d to %d".formatted(FIRST_PORT, LAST_PORT));
    }
}
