package org.sallyport.channel.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy that answers CONNECT: every name leads to one loopback port. */
public final class TestProxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 16, InetAddress.getByName("127.0.0.1"));
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    public TestProxy(String answer, int backend) throws IOException {
        daemon(() -> {
            while (true) {
                Socket client = server.accept();
                daemon(() -> serve(client, answer, backend));
            }
        });
    }

    public InetSocketAddress address() {
        return InetSocketAddress.createUnresolved("127.0.0.1", server.getLocalPort());
    }

    public List<String> requests() {
        return requests;
    }

    /** The whole head of each request. */
    public List<String> heads() {
        return heads;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve(Socket client, String answer, int backend) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = client.getInputStream().read();
            if (octet < 0) {
                return;
            }
            head.append((char) octet);
        }
        heads.add(head.toString());
        requests.add(head.substring(0, head.indexOf("\r\n")));
        client.getOutputStream().write((answer + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        if (!answer.contains(" 200")) {
            client.close();
            return;
        }
        Socket target = new Socket(InetAddress.getByName("127.0.0.1"), backend);
        daemon(() -> pump(client.getInputStream(), target.getOutputStream()));
        daemon(() -> pump(target.getInputStream(), client.getOutputStream()));
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
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
