package org.sallyport.cli.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Keeps what is shown; can be stopped, as a terminal by Ctrl-S. */
public final class TestScreen implements Screen {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile IOException broken;

    final List<String> notices = new CopyOnWriteArrayList<>();
    final List<String> changes = new CopyOnWriteArrayList<>();
    final List<String> news = new CopyOnWriteArrayList<>();
    volatile String status = "";
    volatile boolean placeForNotices = true;
    volatile boolean paintsAnew;
    volatile boolean ended;

    @Override
    public void output(byte[] bytes) throws IOException {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (broken != null) {
            throw broken;
        }
        synchronized (shown) {
            shown.writeBytes(bytes);
        }
    }

    @Override
    public void error(byte[] bytes) {
        synchronized (errors) {
            errors.writeBytes(bytes);
        }
    }

    @Override
    public boolean notice(String text) {
        notices.add(text);
        return placeForNotices;
    }

    @Override
    public void status(StatusLine line) {
        status = line.text();
        if (changes.isEmpty() || !changes.get(changes.size() - 1).equals(line.change())) {
            changes.add(line.change());
        }
    }

    @Override
    public boolean clearStatus(String news) {
        status = "";
        this.news.add(news);
        return paintsAnew;
    }

    @Override
    public void end() {
        ended = true;
    }

    void stop() {
        gate = new CountDownLatch(1);
    }

    void go() {
        gate.countDown();
    }

    void breakWith(IOException failure) {
        broken = failure;
    }

    byte[] bytes() {
        synchronized (shown) {
            return shown.toByteArray();
        }
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    String errorText() {
        synchronized (errors) {
            return errors.toString(StandardCharsets.UTF_8);
        }
    }
}
