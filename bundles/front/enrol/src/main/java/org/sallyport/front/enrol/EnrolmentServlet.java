package org.sallyport.front.enrol;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * Serves at {@code /enrol/} to anybody, since who asks is no node yet and nothing there is secret: the certificate authority, the list of packages, the
 * lines without an activation, and, each by its SHA-256, the install scripts and the packages. A request's path is compared with these and becomes
 * no path of a file. At most 16 packages are sent at a time, then 503. Threads of the web server.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern(EnrolmentServlet.PATH + "/*")
public final class EnrolmentServlet extends HttpServlet {
    static final String PATH = "/enrol";

    private static final long serialVersionUID = 1L;

    /** The API port's sign that a front has answered, so that nothing is put in the place of its errors. */
    private static final String TAKEN = "sallyport.front";

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int MOST_AT_A_TIME = 16;
    private static final int CHUNK = 64 * 1024;

    private final transient EnrolmentOffer offer;
    private final transient Semaphore sending = new Semaphore(MOST_AT_A_TIME);

    @Activate
    public EnrolmentServlet(@Reference EnrolmentOffer offer) {
        this.offer = offer;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setAttribute(TAKEN, true);
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            text(request, response, 405, TEXT, "What is here is read with GET.\n");
            return;
        }
        String info = request.getPathInfo();
        String name = info == null ? "" : info.substring(1);
        switch (name) {
            case "ca.pem" -> text(request, response, 200, "application/x-pem-file", offer.caPem());
            case "packages" -> text(request, response, 200, TEXT, packages());
            case "lines.json" -> text(request, response, 200, "application/json", json(offer.prefixes()));
            default -> byHash(name, request, response);
        }
    }

    private void byHash(String hash, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<AgentPackage> found =
                HASH.matcher(hash).matches() ? offer.packages().find(hash) : Optional.empty();
        Optional<Script> script = offer.script(hash);
        if (script.isPresent()) {
            forever(response);
            write(request, response, 200, TEXT, script.get().bytes());
        } else if (found.isPresent()) {
            if (!sending.tryAcquire()) {
                response.setHeader("Retry-After", "5");
                text(request, response, 503, TEXT, "Many machines fetch packages; try again in a few seconds.\n");
                return;
            }
            try {
                send(found.get(), request, response);
            } finally {
                sending.release();
            }
        } else {
            text(request, response, 404, TEXT, "Nothing is here; was the server updated since the line was shown?\n");
        }
    }

    private static void send(AgentPackage found, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ByteRange range = ByteRange.of(request.getHeader("Range"), found.size());
        response.setHeader("Accept-Ranges", "bytes");
        if (!range.satisfiable()) {
            response.setHeader("Content-Range", "bytes */" + found.size());
            text(request, response, 416, TEXT, "The package is shorter.\n");
            return;
        }
        try (InputStream in = Files.newInputStream(found.file())) {
            in.skipNBytes(range.from());
            forever(response);
            if (range.partial()) {
                response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
                response.setHeader(
                        "Content-Range", "bytes %d-%d/%d".formatted(range.from(), found.size() - 1, found.size()));
            }
            response.setContentType(found.name().endsWith(".zip") ? "application/zip" : "application/gzip");
            response.setContentLengthLong(found.size() - range.from());
            if (request.getMethod().equals("GET")) {
                copy(in, response.getOutputStream(), found.size() - range.from());
            }
        }
    }

    /** Not more than was promised, should the file grow. */
    private static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long left = bytes;
        while (left > 0) {
            int read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
            if (read < 0) {
                throw new IOException("The package became shorter while it was sent");
            }
            out.write(chunk, 0, read);
            left -= read;
        }
    }

    private String packages() {
        return offer.packages().list().stream()
                .map(one -> one.sha256() + " " + one.size() + " " + one.name() + "\n")
                .collect(Collectors.joining());
    }

    /** Neither names nor lines hold a control character; the line's text has quotes and backslashes. */
    private static String json(Map<String, String> members) {
        return members.entrySet().stream()
                .map(one -> "\"%s\":\"%s\""
                        .formatted(
                                one.getKey(),
                                one.getValue().replace("\\", "\\\\").replace("\"", "\\\"")))
                .collect(Collectors.joining(",", "{", "}\n"));
    }

    /** Its name is its hash. */
    private static void forever(HttpServletResponse response) {
        response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
    }

    private static void text(
            HttpServletRequest request, HttpServletResponse response, int status, String type, String text)
            throws IOException {
        response.setHeader("Cache-Control", "no-store");
        write(request, response, status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(
            HttpServletRequest request, HttpServletResponse response, int status, String type, byte[] bytes)
            throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(bytes.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(bytes);
        }
    }
}
