package org.sallyport.test.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A link on this machine that can fall silent: bytes are read and lost, and no connection is refused or closed, as behind a firewall that
 * drops. Connections of the time of silence stay dead when it is over.
 */
public final class BlackHole implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean silent;

    /** Carries from a free port to {@code target}, both on the loopback address. */
    public BlackHole(int target) throws IOException {
        this.target = target;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon("test-link-accept", this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** From now on nothing passes. */
    public void silence() {
        silent = true;
    }

    /** New connections pass again. */
    public void pass() {
        silent = false;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket here = listener.accept();
                Socket there = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(here);
                open.add(there);
                boolean[] dead = {silent};
                daemon("test-link-out", () -> carry(here, there, dead));
                daemon("test-link-in", () -> carry(there, here, dead));
            } catch (IOException e) {
                // the listener was closed, or the server is not there; then the next try counts
                continue;
            }
        }
    }

    private void carry(Socket from, Socket to, boolean[] dead) {
        byte[] buffer = new byte[8192];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                dead[0] |= silent;
                if (!dead[0]) {
                    out.write(buffer, 0, n);
                    out.flush();
                }
            }
        } catch (IOException e) {
            // one side is gone, and with it this connection
            return;
        } finally {
            open.remove(from);
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
