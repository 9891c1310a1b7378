package org.sallyport.test.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Carries connections to one port of this machine and breaks them by plan. */
final class CutProxy implements AutoCloseable {
    private final String name;
    private final int target;
    private final Tally tally = new Tally();
    private final ServerSocket listener;
    private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
    private final Random random;
    private final Function<Random, CutPlan> plans;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "chaos-proxy-timer");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean stormy;
    private volatile boolean refusing;

    CutProxy(String name, int target, long seed, Function<Random, CutPlan> plans) throws IOException {
        this.name = name;
        this.target = target;
        this.random = new Random(seed ^ name.hashCode());
        this.plans = plans;
        this.listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        daemon("accept", this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    Tally tally() {
        return tally;
    }

    /** From now on connections break; also those that are open. */
    void storm() {
        stormy = true;
        open.forEach(connection -> plan(connection, nextPlan()));
    }

    /** From now on new connections last, and so do those that are open. */
    void calm() {
        stormy = false;
        open.forEach(ProxiedConnection::spare);
    }

    /** Breaks all that is open now. */
    void cutAll(CutKind kind, long silenceMillis) {
        open.forEach(connection -> connection.cut(kind, silenceMillis, false));
    }

    /** Breaks all that is open, and every new connection at once; or no more. */
    void refuse(boolean now) {
        refusing = now;
        if (now) {
            open.forEach(connection -> connection.cut(CutKind.RESET, 0, false));
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                daemon("connect", () -> connect(near));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new IllegalStateException(name + " accepts no more", e);
                }
            }
        }
    }

    private void connect(Socket near) {
        if (refusing) {
            ProxiedConnection.reset(near);
            return;
        }
        Socket far;
        try {
            far = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) {
            // As a balancer in front of a server that is down.
            ProxiedConnection.reset(near);
            return;
        }
        ProxiedConnection connection = new ProxiedConnection(near, far, tally, timer, open::remove);
        open.add(connection);
        tally.connection();
        if (stormy) {
            plan(connection, nextPlan());
        }
        daemon("up", connection::pumpUp);
        daemon("down", connection::pumpDown);
    }

    private void plan(ProxiedConnection connection, CutPlan plan) {
        connection.plan(plan);
        timer.schedule(() -> connection.due(plan), plan.afterMillis(), TimeUnit.MILLISECONDS);
    }

    private CutPlan nextPlan() {
        synchronized (random) {
            return plans.apply(random);
        }
    }

    private void daemon(String use, Runnable work) {
        Thread thread = new Thread(work, "chaos-" + name + "-" + use);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(connection -> connection.cut(CutKind.RESET, 0, false));
        timer.shutdownNow();
    }

    @Override
    public String toString() {
        return name + ": " + tally;
    }
}
