package org.sallyport.agent.shell;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what a shell wrote. */
final class RecordedShell implements ShellListener {
    final CountDownLatch ended = new CountDownLatch(1);
    final AtomicInteger inputs = new AtomicInteger();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void awaitRoom() {
        // takes everything
    }

    @Override
    public synchronized void output(byte[] buffer, int length) {
        bytes.write(buffer, 0, length);
    }

    @Override
    public void inputTaken() {
        inputs.incrementAndGet();
    }

    @Override
    public void ended() {
        ended.countDown();
    }

    synchronized String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    void awaitText(String expected) {
        await().atMost(Duration.ofSeconds(60)).until(this::text, text -> text.contains(expected));
    }

    boolean awaitEnd() throws InterruptedException {
        return ended.await(60, TimeUnit.SECONDS);
    }
}
