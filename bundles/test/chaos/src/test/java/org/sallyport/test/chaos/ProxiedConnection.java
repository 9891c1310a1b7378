package org.sallyport.test.chaos;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One connection through a {@link CutProxy}: two pumps, and a plan that may break it between any two bytes. */
final class ProxiedConnection {
    private static final int BUFFER = 16 * 1024;
    private static final long DRAIN_MILLIS = 300;

    private final Socket near;
    private final Socket far;
    private final Tally tally;
    private final ScheduledExecutorService timer;
    private final Consumer<ProxiedConnection> gone;
    private final AtomicBoolean cut = new AtomicBoolean();
    private final long[] passed = new long[2];
    private volatile CutPlan plan;
    private volatile boolean vanishing;

    ProxiedConnection(
            Socket near, Socket far, Tally tally, ScheduledExecutorService timer, Consumer<ProxiedConnection> gone) {
        this.near = near;
        this.far = far;
        this.tally = tally;
        this.timer = timer;
        this.gone = gone;
    }

    /** Offsets count from now. */
    synchronized void plan(CutPlan next) {
        plan = next;
        passed[0] = 0;
        passed[1] = 0;
    }

    synchronized void spare() {
        plan = null;
    }

    /** The plan's time has come, if it still is the plan. */
    void due(CutPlan of) {
        if (plan == of) {
            cut(of.kind(), of.silenceMillis(), of.acceptorFirst());
        }
    }

    void cut(CutKind kind, long silenceMillis, boolean acceptorFirst) {
        if (!cut.compareAndSet(false, true)) {
            return;
        }
        tally.cut(kind);
        vanishing = true;
        switch (kind) {
            case RESET -> end();
            case FINISH -> {
                finish(near);
                finish(far);
                later(DRAIN_MILLIS);
            }
            case BLACK_HOLE -> later(silenceMillis);
            case HALF -> {
                reset(acceptorFirst ? far : near);
                later(silenceMillis);
            }
        }
    }

    void pumpUp() {
        pump(near, far, 0);
    }

    void pumpDown() {
        pump(far, near, 1);
    }

    private void pump(Socket from, Socket to, int direction) {
        byte[] buffer = new byte[BUFFER];
        try {
            from.setTcpNoDelay(true);
            for (int n = from.getInputStream().read(buffer);
                    n >= 0;
                    n = from.getInputStream().read(buffer)) {
                int allowed = allowed(direction, n);
                if (!vanishing) {
                    to.getOutputStream().write(buffer, 0, allowed);
                    tally.passed(allowed);
                }
                if (allowed < n) {
                    tally.vanished(n - allowed);
                    CutPlan now = plan;
                    if (now != null) {
                        cut(now.kind(), now.silenceMillis(), now.acceptorFirst());
                    }
                }
            }
            if (!vanishing) {
                finish(to);
                later(DRAIN_MILLIS);
            }
        } catch (IOException e) {
            // One side broke by itself; the other is told, unless a plan says when.
            if (!vanishing) {
                end();
            }
        }
    }

    /** How many of the next bytes pass. */
    private synchronized int allowed(int direction, int count) {
        if (vanishing) {
            return 0;
        }
        CutPlan now = plan;
        boolean counts = now != null && now.up() == (direction == 0);
        long left = counts ? now.offset() - passed[direction] : Long.MAX_VALUE;
        int allowed = (int) Math.max(0, Math.min(count, left));
        passed[direction] += allowed;
        return allowed;
    }

    private void later(long millis) {
        try {
            timer.schedule(this::end, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            end();
        }
    }

    private void end() {
        vanishing = true;
        reset(near);
        reset(far);
        gone.accept(this);
    }

    private static void finish(Socket socket) {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            reset(socket);
        }
    }

    /** Closes so that the peer gets a reset. */
    static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            return; // it was closed before
        }
    }
}
