package org.sallyport.core.metrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As much HTTP as Prometheus needs: {@code GET /metrics}, one request a connection, its head at most 8 KiB, the whole within ten
 * seconds: then the connection is closed. One thread accepts, up to four answer; what comes while those are busy is closed at once.
 */
final class ScrapeServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScrapeServer.class);
    private static final int MAX_HEAD = 8 * 1024;
    private static final long WHOLE_SECONDS = 10;
    private static final int CONNECTIONS = 4;
    private static final int BACKLOG = 16;

    private final Supplier<byte[]> text;
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor timer;
    private final long wholeMillis;
    private ServerSocket listening;

    ScrapeServer(Supplier<byte[]> text) {
        this(text, TimeUnit.SECONDS.toMillis(WHOLE_SECONDS));
    }

    ScrapeServer(Supplier<byte[]> text, long wholeMillis) {
        this.text = text;
        this.wholeMillis = wholeMillis;
        timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "sallyport-metrics-timer-1"));
        timer.setRemoveOnCancelPolicy(true);
        AtomicInteger count = new AtomicInteger();
        workers = new ThreadPoolExecutor(
                0,
                CONNECTIONS,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> daemon(task, "sallyport-metrics-answer-" + count.incrementAndGet()));
    }

    /** @throws IOException the address cannot be listened on */
    synchronized void start(InetSocketAddress address) throws IOException {
        ServerSocket socket = new ServerSocket();
        listening = socket;
        socket.bind(address, BACKLOG);
        daemon(() -> accept(socket), "sallyport-metrics-accept-1").start();
    }

    synchronized int port() {
        return listening.getLocalPort();
    }

    @Override
    public synchronized void close() {
        workers.shutdownNow();
        timer.shutdownNow();
        if (listening != null) {
            try {
                listening.close();
            } catch (IOException e) {
                LOG.warn("The port for measurements is not closed cleanly", e);
            }
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                serve(socket.accept());
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    LOG.warn("A connection for measurements was not taken", e);
                }
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        try {
            workers.execute(() -> answer(socket));
        } catch (RejectedExecutionException e) {
            socket.close();
        }
    }

    private void answer(Socket socket) {
        ScheduledFuture<?> end = null;
        try (socket) {
            end = timer.schedule(() -> end(socket), wholeMillis, TimeUnit.MILLISECONDS);
            String head = head(socket);
            String line = head.lines().findFirst().orElse("");
            if (!line.startsWith("GET ")) {
                write(socket, "405 Method Not Allowed", "text/plain", "Only GET\n".getBytes(StandardCharsets.US_ASCII));
            } else if (line.startsWith("GET /metrics ") || line.startsWith("GET /metrics?")) {
                write(socket, "200 OK", Exposition.TYPE, text.get());
            } else {
                write(socket, "404 Not Found", "text/plain", "See /metrics\n".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("A request for measurements got no answer", e);
        } finally {
            if (end != null) {
                end.cancel(false);
            }
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("A late connection is not closed cleanly", e);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private static String head(Socket socket) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        byte[] piece = new byte[1024];
        while (head.size() < MAX_HEAD) {
            int count = in.read(piece);
            if (count < 0) {
                throw new IOException("the peer closed before the end of the head");
            }
            head.write(piece, 0, count);
            String text = head.toString(StandardCharsets.ISO_8859_1);
            if (text.contains("\r\n\r\n") || text.contains("\n\n")) {
                return text;
            }
        }
        throw new IOException("the head of the request has more than %d bytes".formatted(MAX_HEAD));
    }

    private static void write(Socket socket, String status, String type, byte[] body) throws IOException {
        String head = "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                .formatted(status, type, body.length);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        whole.writeBytes(body);
        socket.getOutputStream().write(whole.toByteArray());
    }
}
