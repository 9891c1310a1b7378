package org.sallyport.core.status;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.sallyport.core.status.client.Lines;
import org.sallyport.core.status.client.StatusSockets;
import org.sallyport.protocol.json.JsonFields;
import org.sallyport.protocol.json.JsonText;
import org.sallyport.protocol.message.MalformedMessageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one question a connection over a UNIX socket: a line of JSON, at most 1 KiB, within two seconds; the answer is a line of JSON, at
 * most 1 MiB. One thread accepts, up to four answer; what comes while those are busy is closed at once.
 *
 * <p>The socket has mode 0600 in a folder of mode 0700, which is made first, so that at no moment another user can connect.
 */
final class SocketServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketServer.class);
    private static final Duration QUESTION_LIMIT = Duration.ofSeconds(2);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final int CONNECTIONS = 4;
    private static final int BACKLOG = 8;

    private final Path socket;
    private final Supplier<ServerStatus> status;
    private final ThreadPoolExecutor workers;
    private ServerSocketChannel listening;

    SocketServer(Path socket, Supplier<ServerStatus> status) {
        this.socket = socket;
        this.status = status;
        AtomicInteger count = new AtomicInteger();
        workers = new ThreadPoolExecutor(0, CONNECTIONS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "sallyport-status-answer-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @throws IOException another server answers there, the path is too long, or the folder cannot be made ours alone */
    synchronized void start() throws IOException {
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > StatusSockets.MAX_PATH) {
            throw new IOException(
                    "the path has more than %d bytes; choose a shorter data folder".formatted(StatusSockets.MAX_PATH));
        }
        Path folder = socket.getParent();
        var ownerOnly = PosixFilePermissions.fromString("rwx------");
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(ownerOnly));
        Files.setPosixFilePermissions(folder, ownerOnly);
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(socket);
        if (Files.exists(socket) && answers(address)) {
            throw new IOException("another server answers there");
        }
        Files.deleteIfExists(socket);
        listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listening.bind(address, BACKLOG);
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        Thread accepting = new Thread(this::accept, "sallyport-status-accept-1");
        accepting.setDaemon(true);
        accepting.start();
    }

    @Override
    public synchronized void close() {
        workers.shutdownNow();
        if (listening != null) {
            try {
                listening.close();
                Files.deleteIfExists(socket);
            } catch (IOException e) {
                LOG.warn("The status socket {} is not closed cleanly", socket, e);
            }
        }
    }

    private static boolean answers(UnixDomainSocketAddress address) {
        try (SocketChannel other = SocketChannel.open(address)) {
            return other.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private void accept() {
        while (true) {
            try {
                serve(listening.accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.error("The status socket takes no connections any more", e);
                return;
            }
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        try {
            workers.execute(() -> answer(channel));
        } catch (RejectedExecutionException e) {
            channel.close();
        }
    }

    private void answer(SocketChannel channel) {
        try (channel) {
            channel.configureBlocking(false);
            byte[] question = Lines.read(channel, Lines.QUESTION, QUESTION_LIMIT);
            Lines.write(channel, answer(question), ANSWER_LIMIT);
        } catch (IOException | RuntimeException e) {
            LOG.debug("A question at the status socket got no answer", e);
        }
    }

    private byte[] answer(byte[] question) {
        try {
            JsonFields asked = JsonText.parse(question, "question");
            String as = asked.textOr("as", "text");
            if (!asked.text("ask").equals("status") || !(as.equals("text") || as.equals("json"))) {
                return answer(1, "This server answers {\"ask\":\"status\",\"as\":\"text\"} or \"json\"\n");
            }
            ServerStatus now = status.get();
            return answer(now.healthy() ? 0 : 1, as.equals("json") ? StatusJson.of(now) + "\n" : StatusText.of(now));
        } catch (MalformedMessageException e) {
            return answer(1, e.getMessage() + "\n");
        }
    }

    private static byte[] answer(int exit, String text) {
        return JsonText.bytes(JsonText.object().put("exit", exit).put("text", text));
    }
}
