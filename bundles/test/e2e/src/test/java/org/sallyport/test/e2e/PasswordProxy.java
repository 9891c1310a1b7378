package org.sallyport.test.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy for CONNECT that asks for a password; each name leads to this machine, at the port that was asked for. */
final class PasswordProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final String expected;
    private final List<String> let = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    PasswordProxy(int port, String userAndPassword) throws IOException {
        listener = new ServerSocket(port, 16, InetAddress.getByName("127.0.0.1"));
        expected = "proxy-authorization: Basic "
                + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
        daemon(() -> {
            while (!listener.isClosed()) {
                Socket client = listener.accept();
                open.add(client);
                daemon(() -> serve(client));
            }
        });
    }

    /** Authorities that were connected to. */
    List<String> let() {
        return let;
    }

    /** Request lines without the password. */
    List<String> refused() {
        return refused;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void serve(Socket client) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = client.getInputStream().read();
            if (octet < 0) {
                return;
            }
            head.append((char) octet);
        }
        String first = head.substring(0, head.indexOf("\r\n"));
        boolean known = head.toString().lines().anyMatch(line -> line.equalsIgnoreCase(expected));
        if (!known || !first.startsWith("CONNECT ")) {
            refused.add(first);
            say(client, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"");
            client.close();
            return;
        }
        String authority = first.split(" ")[1];
        let.add(authority);
        Socket target = new Socket(
                InetAddress.getByName("127.0.0.1"),
                Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1)));
        open.add(target);
        say(client, "HTTP/1.1 200 Connection established");
        daemon(() -> pump(client.getInputStream(), target.getOutputStream()));
        try {
            pump(target.getInputStream(), client.getOutputStream());
        } finally {
            client.close();
            target.close();
        }
    }

    private static void say(Socket client, String head) throws IOException {
        client.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void pump(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            to.write(buffer, 0, count);
            to.flush();
        }
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
                "e2e-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
