package org.sallyport.core.plugin;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sallyport.api.plugin.Plugins;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that looks at the folder: woken by the file system's events, and every 250 ms where these do not come. */
final class PluginWorker implements Plugins {
    private static final Logger LOG = LoggerFactory.getLogger(PluginWorker.class);
    private static final long POLL_MILLIS = 250;
    private static final long UNSETTLED_POLL_MILLIS = 50;
    /** Rounds after which the state is told even though somebody keeps on writing into the folder. */
    private static final int PATIENCE_ROUNDS = 40;

    private static final long END_SECONDS = 10;

    private final Path directory;
    private final PluginFolder folder;
    private final Reconciler reconciler;
    private final Runnable first;
    private final Runnable settled;
    private final WatchService watch;
    private final Thread thread = new Thread(this::work, "sallyport-plugin-swap-1");
    private final AtomicBoolean retry = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopping;
    private boolean failing;

    /**
     * @param first called once on the worker's thread before any bundle is touched
     * @param settled called once on the worker's thread when the first state is up
     */
    PluginWorker(Path directory, PluginFolder folder, Reconciler reconciler, Runnable first, Runnable settled)
            throws IOException {
        this.directory = Files.createDirectories(directory);
        this.folder = folder;
        this.reconciler = reconciler;
        this.first = first;
        this.settled = settled;
        this.watch = directory.getFileSystem().newWatchService();
        directory.register(
                watch,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** What could not start while the framework was still starting is tried again. */
    void retryRefused() {
        retry.set(true);
    }

    /** Ends after the swap in progress; waits for at most ten seconds. Adapters go on running. */
    void end() throws IOException, InterruptedException {
        stopping = true;
        watch.close();
        if (!ended.await(END_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("The thread {} did not end within {} s", thread.getName(), END_SECONDS);
        }
    }

    @Override
    public List<Plugin> list() {
        return reconciler.snapshot().list();
    }

    private void work() {
        try {
            first.run();
            startDesired();
            boolean told = false;
            for (int round = 1; !stopping; round++) {
                boolean calm = round();
                if (!told && (calm || round == PATIENCE_ROUNDS)) {
                    told = true;
                    settled.run();
                }
                pause(calm ? POLL_MILLIS : UNSETTLED_POLL_MILLIS);
            }
        } catch (ClosedWatchServiceException e) {
            LOG.debug("Ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private void startDesired() {
        try {
            reconciler.startDesired(present());
        } catch (RuntimeException e) {
            LOG.error("What ran last cannot be started from the store; the folder is tried next", e);
        }
    }

    /** Survives everything: the next round comes. Returns whether nothing is being changed in the folder. */
    private boolean round() {
        try {
            if (retry.getAndSet(false)) {
                reconciler.retryRefused();
            }
            PluginFolder.Look look = folder.look();
            reconciler.reconcile(look);
            failing = false;
            return look.calm();
        } catch (IOException | RuntimeException e) {
            // said once: the same would come four times a second
            if (!failing) {
                LOG.error("The folder {} cannot be worked on; what runs goes on", directory, e);
            }
            failing = true;
            return true;
        }
    }

    private void pause(long millis) throws InterruptedException {
        WatchKey key = watch.poll(millis, TimeUnit.MILLISECONDS);
        if (key != null) {
            key.pollEvents();
            key.reset();
        }
    }

    private Set<String> present() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        } catch (IOException e) {
            LOG.error("The folder {} cannot be read", directory, e);
            return Set.of();
        }
    }
}
