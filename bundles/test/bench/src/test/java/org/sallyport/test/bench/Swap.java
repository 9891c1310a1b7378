package org.sallyport.test.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.sallyport.channel.api.ServiceException;

/** The policy adapter, which every request needs, replaced while requests come and a shell is used: how long nobody gets an answer. */
final class Swap implements Part {
    private static final String ADAPTER = "org.sallyport.adapter.policy.iam";
    private static final int CLIENTS = 4;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final ConcurrentSkipListSet<Long> answers = new ConcurrentSkipListSet<>();
    private final AtomicInteger refused = new AtomicInteger();

    @Override
    public void measure(Setting setting) throws Exception {
        Samples gaps = new Samples();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Future<?>> running = new ArrayList<>();
        try (Terminal shell = Terminal.shell(setting.ours());
                Api api = new Api(setting.live())) {
            for (int i = 0; i < CLIENTS; i++) {
                running.add(clients.submit(() -> ask(api, setting.live().nodeId())));
            }
            for (int i = 1; i <= setting.sizes().swaps(); i++) {
                String version = "0.2." + i;
                long before = System.nanoTime();
                nextVersion(setting.plugins(), version);
                awaitLog(setting, "Plugin " + ADAPTER + " " + version + " runs");
                shell.type("echo swap$((" + i + "+100))\r");
                shell.await("swap" + (i + 100));
                shell.awaitPrompt();
                TimeUnit.SECONDS.sleep(1);
                gaps.nanosAsMillis(longestGap(before, System.nanoTime()));
            }
            stopped.set(true);
            for (Future<?> client : running) {
                client.get(1, TimeUnit.MINUTES);
            }
            shell.type("exit\r");
            shell.awaitEnd();
        } finally {
            stopped.set(true);
            clients.shutdownNow();
        }
        String note = "%d swaps of the policy adapter under %d clients, %d answers, %d refused; the shell went on"
                .formatted(gaps.count(), CLIENTS, answers.size(), refused.get());
        setting.report()
                .add(Row.alone("swap, longest time without an answer p50", "ms", gaps.median(), "under 250", note));
        setting.report()
                .add(Row.alone(
                        "swap, longest time without an answer, worst", "ms", gaps.percentile(1), "under 250", note));
    }

    private Void ask(Api api, String nodeId) {
        ObjectMapper json = new ObjectMapper();
        while (!stopped.get()) {
            try {
                api.call("GetConnectionStatus", json.createObjectNode().put("Target", nodeId));
                answers.add(System.nanoTime());
            } catch (IOException | ServiceException e) {
                refused.incrementAndGet(); // nothing is decided while the adapter is away
            }
        }
        return null;
    }

    private long longestGap(long from, long to) {
        long last = from;
        long longest = 0;
        for (long answer : answers.subSet(from, to)) {
            longest = Math.max(longest, answer - last);
            last = answer;
        }
        return Math.max(longest, to - last);
    }

    private static void awaitLog(Setting setting, String text) throws IOException, InterruptedException {
        Path log = setting.live().data().resolve("server/log/server.log");
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (!Files.readString(log).contains(text)) {
            if (System.nanoTime() > until) {
                throw new IOException("The log does not say: " + text);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** The same bundle under another version, put in place in one step as an operator would. */
    private static void nextVersion(Path plugins, String version) throws IOException {
        Path shipped;
        try (Stream<Path> jars = Files.list(plugins)) {
            shipped = jars.filter(jar -> jar.getFileName().toString().startsWith(ADAPTER + "-"))
                    .findFirst()
                    .orElseThrow();
        }
        Path hidden = plugins.resolve(".next.jar");
        try (JarFile jar = new JarFile(shipped.toFile())) {
            Manifest manifest = jar.getManifest();
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (OutputStream file = Files.newOutputStream(hidden);
                    JarOutputStream out = new JarOutputStream(file, manifest)) {
                for (JarEntry entry : jar.stream()
                        .filter(e -> !e.getName().equals(JarFile.MANIFEST_NAME))
                        .toList()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    try (InputStream in = jar.getInputStream(entry)) {
                        in.transferTo(out);
                    }
                }
            }
        }
        Files.move(hidden, shipped, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
