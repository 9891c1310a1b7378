package org.sallyport.core.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.Preprocessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the API port says when the web server has nobody to ask: while a front starts or is being replaced, its paths answer 503 with
 * {@code Retry-After}, in AWS's shape at {@code /}, and not the web server's 404 or 500. Paths that no front has are unknown operations.
 * Answers that a front has written pass unchanged; a front says so by the request's attribute {@value #TAKEN}.
 */
@Component(service = Preprocessor.class)
public final class Unserved implements Preprocessor {
    /** Set by a front as soon as a request is its own. */
    static final String TAKEN = "sallyport.front";

    private static final Logger LOG = LoggerFactory.getLogger(Unserved.class);
    private static final String AWAY = "The server is being updated; try again in a second";
    private static final String PROBLEM =
            "{\"type\":\"urn:sallyport:problem:service-away\",\"title\":\"Service away\",\"status\":503,"
                    + "\"detail\":\"%s.\",\"reference\":\"%s\"}";
    private static final String UNKNOWN = "This server has no operation at that path";

    private final FrontPaths fronts;

    @Activate
    public Unserved(BundleContext context) {
        this(FrontPaths.of(context));
    }

    Unserved(FrontPaths fronts) {
        this.fronts = fronts;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        Answer answer = new Answer(http, (HttpServletResponse) response);
        try {
            chain.doFilter(request, answer);
        } catch (IOException | ServletException | RuntimeException e) {
            if (!answer.mayStillSpeak() || !answer.atFront()) {
                throw e;
            }
            LOG.debug("Request met a front that is being replaced", e);
            answer.away();
        }
    }

    /** Turns the errors of the web server itself into the API's. */
    private final class Answer extends HttpServletResponseWrapper {
        private final HttpServletRequest request;

        Answer(HttpServletRequest request, HttpServletResponse response) {
            super(response);
            this.request = request;
        }

        boolean mayStillSpeak() {
            return request.getAttribute(TAKEN) == null && !isCommitted();
        }

        /** The path of the AWS-shaped APIs; nothing that is mounted there lets an error of the web server through. */
        boolean atRoot() {
            return "/".equals(request.getRequestURI());
        }

        boolean atFront() {
            return atRoot() || fronts.has(request.getRequestURI());
        }

        @Override
        public void sendError(int status) throws IOException {
            sendError(status, null);
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            if (!mayStillSpeak() || status < 404) {
                super.sendError(status, message);
            } else if (atRoot() || (status == 404 || status >= 500) && atFront()) {
                away();
            } else if (status == 404) {
                aws(404, "UnknownOperationException", UNKNOWN);
            } else {
                super.sendError(status, message);
            }
        }

        void away() throws IOException {
            setHeader("Retry-After", "1");
            if (atRoot()) {
                aws(503, "ServiceUnavailable", AWAY);
            } else {
                write(503, "application/problem+json", PROBLEM.formatted(AWAY, UUID.randomUUID()));
            }
        }

        private void aws(int status, String name, String message) throws IOException {
            String id = UUID.randomUUID().toString();
            boolean json = request.getHeader("X-Amz-Target") != null || !"POST".equals(request.getMethod());
            String body = json
                    ? "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(name, message)
                    : "<ErrorResponse><Error><Type>%s</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>%s</RequestId></ErrorResponse>"
                            .formatted(status < 500 ? "Sender" : "Receiver", name, message, id);
            setHeader("x-amzn-RequestId", id);
            setHeader("x-amzn-ErrorType", name);
            write(status, json ? "application/x-amz-json-1.1" : "text/xml", body);
        }

        private void write(int status, String type, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            resetBuffer();
            setStatus(status);
            setContentType(type);
            setContentLength(bytes.length);
            getOutputStream().write(bytes);
            flushBuffer();
        }
    }
}
