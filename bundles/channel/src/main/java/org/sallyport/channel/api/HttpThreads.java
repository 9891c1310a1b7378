package org.sallyport.channel.api;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Java's HTTP client together with all of its threads; any thread. It is made at the first use: many a client is kept for a call that never comes.
 *
 * <p>Before Java 21 such a client cannot be closed, and its selector waits in a system call, for which the end of the process is held up 300 ms.
 * So it is made in a thread group of its own, where {@link #close} finds that thread.
 */
final class HttpThreads implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final ServiceSettings settings;
    private final ThreadGroup group = new ThreadGroup("sallyport-channel-api");
    private final ExecutorService threads =
            Executors.newFixedThreadPool(2, task -> daemon(task, "sallyport-channel-api-"));
    private HttpClient http;
    private boolean closed;

    HttpThreads(ServiceSettings settings) {
        this.settings = settings;
    }

    /** @throws IOException after {@link #close} */
    synchronized HttpClient client() throws IOException, InterruptedException {
        if (closed) {
            throw new IOException("The client of " + settings.endpoint() + " is closed");
        }
        if (http == null) {
            AtomicReference<HttpClient> made = new AtomicReference<>();
            AtomicReference<RuntimeException> failure = new AtomicReference<>();
            Thread maker = daemon(() -> make(made, failure), "sallyport-channel-api-make-");
            maker.start();
            maker.join();
            if (failure.get() != null) {
                throw failure.get();
            }
            http = made.get();
        }
        return http;
    }

    private void make(AtomicReference<HttpClient> made, AtomicReference<RuntimeException> failure) {
        try {
            made.set(build());
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    private HttpClient build() {
        return HttpClient.newBuilder()
                .sslContext(settings.trust().sslContext())
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.deadline())
                .proxy(settings.proxy().selector())
                .executor(threads)
                .build();
    }

    private Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(group, task, name + COUNT.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** Ends the threads; calls under way fail. */
    @Override
    public synchronized void close() {
        closed = true;
        threads.shutdownNow();
        group.interrupt();
    }
}
