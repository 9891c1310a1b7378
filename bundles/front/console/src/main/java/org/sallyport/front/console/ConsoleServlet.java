package org.sallyport.front.console;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.sallyport.api.edge.ServerAddress;

/**
 * Serves the console's pages at {@code /console/} to anybody: they hold nothing secret, and what they show comes from the API beside them. A path
 * that names a page of the application, and not a file, gets {@code index.html}, which shows that page. Threads of the web server.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({ConsoleServlet.PATH, ConsoleServlet.PATH + "/*"})
public final class ConsoleServlet extends HttpServlet {
    static final String PATH = "/console";

    private static final long serialVersionUID = 1L;

    /** The API port's sign that a front has answered, so that nothing is put in the place of its errors. */
    private static final String TAKEN = "sallyport.front";

    private static final String API = "api/v1/";
    private static final String YEAR = "public, max-age=31536000, immutable";

    private final transient Pages pages;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile ServerAddress address;

    @Activate
    public ConsoleServlet(BundleContext context) {
        this(Pages.of(context.getBundle()));
    }

    ConsoleServlet(Pages pages) {
        this.pages = pages;
    }

    void setAddress(ServerAddress address) {
        this.address = address;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setAttribute(TAKEN, true);
        SecurityHeaders.put(response, channel());
        String info = request.getPathInfo();
        String path = info == null ? "" : info.substring(1);
        if (path.startsWith(API)) {
            apiAway(response);
        } else if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            refuse(response, 405, "Pages are read with GET.");
        } else if (info == null) {
            response.setHeader("Cache-Control", "no-store");
            response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
            response.setHeader("Location", PATH + "/");
        } else {
            Optional<Page> page = pages.find(page(path));
            if (page.isPresent()) {
                send(page.get(), request, response);
            } else {
                refuse(response, 404, "The console has no such file. Its first page is " + PATH + "/ .");
            }
        }
    }

    /** A name with a dot, or anything below the folders of files, is a file; all else is a page that the application shows itself. */
    private static String page(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.contains(".") || path.matches("(assets|api)(/.*)?") ? path : "index.html";
    }

    private void send(Page page, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String coding = new AcceptedCodings(request.getHeader("Accept-Encoding")).best(Pages.preferred(), page.forms());
        String tag = "\"" + page.tag() + (coding.equals(Page.IDENTITY) ? "" : "-" + coding) + "\"";
        boolean html = page.mediaType().startsWith("text/html");
        response.setHeader("Cache-Control", html ? "no-store" : page.immutable() ? YEAR : "no-cache");
        response.setHeader("Vary", "Accept-Encoding");
        // files are small, and a part of a compressed one is of no use
        response.setHeader("Accept-Ranges", "none");
        if (!html) {
            response.setHeader("ETag", tag);
            if (known(request.getHeader("If-None-Match"), tag)) {
                response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
                return;
            }
        }
        URL form = page.forms().get(coding);
        URLConnection content = form.openConnection();
        content.setUseCaches(false);
        try (InputStream in = content.getInputStream()) {
            byte[] bytes = in.readAllBytes();
            response.setContentType(page.mediaType());
            if (!coding.equals(Page.IDENTITY)) {
                response.setHeader("Content-Encoding", coding);
            }
            response.setContentLength(bytes.length);
            if (request.getMethod().equals("GET")) {
                response.getOutputStream().write(bytes);
            }
        }
    }

    private static boolean known(String header, String tag) {
        if (header == null) {
            return false;
        }
        for (String one : header.split(",")) {
            String given = one.strip();
            if (given.equals("*") || given.equals(tag) || given.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }

    /** The API is a front of its own at a longer path; a request comes here only while that is being replaced. */
    private static void apiAway(HttpServletResponse response) throws IOException {
        response.setHeader("Retry-After", "1");
        write(
                response,
                503,
                "application/problem+json",
                "{\"type\":\"urn:sallyport:problem:service-away\",\"title\":\"Service away\",\"status\":503,"
                        + "\"detail\":\"The console's API is being updated; try again in a second.\",\"reference\":\"\"}");
    }

    private static void refuse(HttpServletResponse response, int status, String text) throws IOException {
        write(response, status, "text/plain; charset=utf-8", text + "\n");
    }

    private static void write(HttpServletResponse response, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setHeader("Cache-Control", "no-store");
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private Optional<URI> channel() {
        return Optional.ofNullable(address).map(ServerAddress::channel);
    }
}
