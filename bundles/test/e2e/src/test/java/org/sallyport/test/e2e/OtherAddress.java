package org.sallyport.test.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a port of the server on which its visitors come from another address than this machine's usual one, byte for byte. */
final class OtherAddress implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 16, InetAddress.getByName("127.0.0.1"));
    private final InetAddress from;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** @param from where visitors seem to be, in 127.0.0.0/8 */
    OtherAddress(String from, int target) throws IOException {
        this.from = InetAddress.getByName(from);
        this.target = target;
        daemon(() -> {
            while (!listener.isClosed()) {
                Socket client = listener.accept();
                open.add(client);
                daemon(() -> serve(client));
            }
        });
    }

    URI address() {
        return URI.create("https://localhost:" + listener.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void serve(Socket client) throws IOException {
        try (client;
                Socket server = new Socket(InetAddress.getByName("127.0.0.1"), target, from, 0)) {
            open.add(server);
            daemon(() -> pump(client.getInputStream(), server.getOutputStream()));
            pump(server.getInputStream(), client.getOutputStream());
        }
    }

    private static void pump(InputStream from, OutputStream to) throws IOException {
        from.transferTo(to);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One end has closed; what that means is seen at the other.
                        Thread.currentThread().interrupt();
                    }
                },
                "e2e-other-address");
        thread.setDaemon(true);
        thread.start();
    }
}
