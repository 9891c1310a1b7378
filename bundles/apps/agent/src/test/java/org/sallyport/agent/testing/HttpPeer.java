package org.sallyport.agent.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sallyport.protocol.sigv4.HttpRequestView;

/** One connection of the test server: reads one request, answers it once. */
record HttpPeer(Socket socket, HttpRequestView request) {

    static HttpPeer read(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("no whole request");
            }
            head.append((char) octet);
        }
        String[] lines = head.toString().split("\r\n");
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String line : List.of(lines).subList(1, lines.length)) {
            int colon = line.indexOf(':');
            headers.add(Map.entry(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        String[] words = lines[0].split(" ");
        String[] target = words[1].split("\\?", 2);
        byte[] body = in.readNBytes(Integer.parseInt(header(headers, "content-length", "0")));
        return new HttpPeer(
                socket, new HttpRequestView(words[0], target[0], target.length > 1 ? target[1] : "", headers, body));
    }

    String header(String name) {
        return header(request.headers(), name, "");
    }

    String body() {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    void answer(int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 %d Answer\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                .formatted(status, type, bytes.length);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(bytes);
        socket.close();
    }

    private static String header(List<Map.Entry<String, String>> headers, String name, String absent) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(absent);
    }
}
