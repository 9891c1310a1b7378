package org.sallyport.test.bench.fleet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLEngine;
import org.sallyport.channel.link.Link;

/** HTTP/1.1 over one TLS connection, a request at a time. State belongs to the network thread. */
final class FleetHttp implements FleetNet.Dialled {
    private static final Pattern STATUS = Pattern.compile("HTTP/1.1 (\\d{3})");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");
    private static final Pattern CHUNKED = Pattern.compile("(?i)\r\ntransfer-encoding: *chunked\r\n");

    /** @param body as text */
    record Answer(int status, String body) {}

    private final Supplier<SSLEngine> engine;
    private final CompletableFuture<FleetHttp> ready = new CompletableFuture<>();
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private CompletableFuture<Answer> pending;
    private volatile Link link;
    private volatile String ended;

    FleetHttp(Supplier<SSLEngine> engine) {
        this.engine = engine;
    }

    /** When TLS is up. */
    CompletableFuture<FleetHttp> ready() {
        return ready;
    }

    CompletableFuture<Answer> send(byte[] request) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        synchronized (this) {
            if (ended != null) {
                answer.completeExceptionally(new LostException(ended));
                return answer;
            }
            pending = answer;
        }
        link.send(ByteBuffer.wrap(request));
        return answer;
    }

    void end() {
        link.closeAfterFlush("done");
    }

    @Override
    public void over(Link connected) {
        link = connected;
    }

    @Override
    public void opened() {
        link.startTls(engine.get());
    }

    @Override
    public void secured() {
        ready.complete(this);
    }

    @Override
    public void received(ByteBuffer bytes) {
        byte[] array = new byte[bytes.remaining()];
        bytes.get(array);
        read.writeBytes(array);
        String text = read.toString(StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n") + 4;
        if (head < 4) {
            return;
        }
        Matcher status = STATUS.matcher(text);
        Matcher length = LENGTH.matcher(text);
        boolean chunked = CHUNKED.matcher(text.substring(0, head)).find();
        boolean complete = chunked
                ? text.endsWith("\r\n0\r\n\r\n")
                : !length.find() || text.length() - head >= Integer.parseInt(length.group(1));
        if (complete && status.find()) {
            read.reset();
            CompletableFuture<Answer> answer;
            synchronized (this) {
                answer = pending;
                pending = null;
            }
            if (answer != null) {
                answer.complete(new Answer(Integer.parseInt(status.group(1)), text.substring(head)));
            }
        }
    }

    @Override
    public void drained() {
        // One request at a time never waits.
    }

    @Override
    public void closed(String cause) {
        CompletableFuture<Answer> answer;
        synchronized (this) {
            ended = cause;
            answer = pending;
            pending = null;
        }
        ready.completeExceptionally(new LostException(cause));
        if (answer != null) {
            answer.completeExceptionally(new LostException(cause));
        }
    }

    /** The connection was refused or closed before the answer. */
    static final class LostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LostException(String why) {
            super(why);
        }
    }
}
