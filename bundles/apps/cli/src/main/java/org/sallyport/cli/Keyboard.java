package org.sallyport.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sallyport.cli.session.Outcome;
import org.sallyport.cli.session.ShellSession;
import org.sallyport.cli.terminal.EscapeKeys;

/** Carries what is typed, or comes out of a pipe, to the session until it ends; a thread's work. */
final class Keyboard implements Runnable {
    private static final byte[] END_OF_INPUT = {4};
    private static final int BUFFER = 4096;

    private final InputStream in;
    private final boolean interactive;
    private final ShellSession session;
    private final CompletableFuture<Outcome> end;
    private final long repeatMillis;

    Keyboard(InputStream in, boolean interactive, ShellSession session, CompletableFuture<Outcome> end) {
        this(in, interactive, session, end, 1_000);
    }

    Keyboard(
            InputStream in,
            boolean interactive,
            ShellSession session,
            CompletableFuture<Outcome> end,
            long repeatMillis) {
        this.in = in;
        this.interactive = interactive;
        this.session = session;
        this.end = end;
        this.repeatMillis = repeatMillis;
    }

    @Override
    public void run() {
        try {
            if (interactive ? carryTyped() : carryPipe()) {
                stayAtTheEnd();
            }
        } catch (IOException e) {
            session.leave();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A pipe waits while the session takes nothing. */
    private boolean carryPipe() throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            session.type(Arrays.copyOf(buffer, n));
        }
        return true;
    }

    /** A person's keys are read whatever the session takes, as one of them may be the wish to leave. False when it was. */
    private boolean carryTyped() throws IOException, InterruptedException {
        TypeAhead ahead = new TypeAhead();
        Thread carrier = new Thread(() -> carry(ahead), "sallyport-cli-keys-1");
        carrier.setDaemon(true);
        carrier.start();
        try {
            EscapeKeys escape = new EscapeKeys();
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                EscapeKeys.Keys keys = escape.typed(buffer, n);
                if (keys.leave()) {
                    session.leave();
                    return false;
                }
                ahead.put(keys.bytes());
            }
        } finally {
            ahead.end();
        }
        carrier.join();
        return true;
    }

    private void carry(TypeAhead ahead) {
        try {
            for (byte[] keys = ahead.take(); keys.length > 0; keys = ahead.take()) {
                session.type(keys);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Input that is at its end stays there, so each program on the node that reads sees the end as well. Once is not enough: what comes
     * before the shell is ready is lost to it.
     */
    private void stayAtTheEnd() throws InterruptedException {
        while (!end.isDone()) {
            session.type(END_OF_INPUT);
            try {
                end.get(repeatMillis, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                continue;
            } catch (ExecutionException e) {
                return;
            }
        }
    }
}
