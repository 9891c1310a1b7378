package org.sallyport.test.it;

import static org.junit.Assert.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.sallyport.api.plugin.Plugins;

/** The folder {@code plugins/} of the server that runs, as an operator handles it, and what came of it. */
final class PluginsFolder {
    static final String ADAPTER = "org.sallyport.adapter.";
    private static final long WAIT_SECONDS = 180;

    private final BundleContext context;
    private final Plugins plugins;

    PluginsFolder(BundleContext context, Plugins plugins) {
        this.context = context;
        this.plugins = plugins;
    }

    /** Copied beside under a dot name, then renamed in one step. */
    void drop(String adapter, String version) throws IOException {
        String name = jar(adapter, version);
        Path hidden = folder().resolve("." + name);
        Files.copy(folder().resolveSibling("next").resolve(name), hidden, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(hidden, FileTime.from(Instant.now()));
        Files.move(hidden, folder().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    void remove(String adapter, String version) throws IOException {
        Files.delete(folder().resolve(jar(adapter, version)));
    }

    /** Takes away whatever was dropped, and waits until exactly what was shipped runs. */
    void restore() throws Exception {
        try (Stream<Path> jars = Files.list(folder())) {
            for (Path jar :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                if (!shipped(jar)) {
                    Files.delete(jar);
                }
            }
        }
        List<String> names = AssembledServer.jars(shippedFolder())
                .map(jar -> jar.getFileName().toString().replaceFirst("-\\d.*", ""))
                .toList();
        await(
                "the shipped adapters and no others",
                () -> plugins.list().stream()
                                .map(Plugins.Plugin::symbolicName)
                                .toList()
                                .equals(names)
                        && names.stream().allMatch(name -> runs(name, "0.1.0")));
    }

    /** That an older jar of the same name lies beside it, and is ignored, is no trouble. */
    boolean runs(String symbolicName, String version) {
        return plugins.list().stream()
                .filter(plugin -> plugin.symbolicName().equals(symbolicName))
                .anyMatch(plugin -> plugin.state().equals("active")
                        && plugin.problem()
                                .filter(problem -> !problem.contains("is ignored"))
                                .isEmpty()
                        && plugin.version().orElse("").startsWith(version)
                        && bundle(symbolicName).getState() == Bundle.ACTIVE);
    }

    Plugins.Plugin plugin(String symbolicName) {
        return plugins.list().stream()
                .filter(plugin -> plugin.symbolicName().equals(symbolicName))
                .findFirst()
                .orElseThrow();
    }

    Bundle bundle(String symbolicName) {
        Bundle found = Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElse(null);
        assertNotNull(symbolicName, found);
        return found;
    }

    static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        Exception last = null;
        while (System.nanoTime() < end) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (IOException e) {
                last = e;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        throw new AssertionError("waited in vain for: " + what, last);
    }

    private static String jar(String adapter, String version) {
        return ADAPTER + adapter + "-" + version + ".jar";
    }

    private static boolean shipped(Path jar) {
        return Files.exists(shippedFolder().resolve(jar.getFileName()));
    }

    private static Path shippedFolder() {
        return Path.of(System.getProperty("sallyport.home")).resolve("plugins");
    }

    private static Path folder() {
        return Path.of(System.getProperty("sallyport.plugins"));
    }
}
