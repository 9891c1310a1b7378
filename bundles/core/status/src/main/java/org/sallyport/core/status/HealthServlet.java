package org.sallyport.core.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.sallyport.protocol.json.JsonText;

/**
 * {@code /health/live}: the framework answers. {@code /health/ready}: 200 when sessions can be started, 503 with what is missing else. For
 * load balancers and supervisors: needs no signature, tells nothing secret, costs at most one look at the parts a second, and is not audited.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/health/live", "/health/ready"})
public final class HealthServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** The API port's sign that a front has answered, so that nothing is put in the place of a 503. */
    private static final String TAKEN = "sallyport.front";

    private final transient StatusCenter center;

    @Activate
    public HealthServlet(@Reference StatusCenter center) {
        this.center = center;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setAttribute(TAKEN, true);
        ObjectNode body = JsonText.object();
        int status = HttpServletResponse.SC_OK;
        if (request.getServletPath().endsWith("/live")) {
            body.put("live", true);
        } else {
            List<String> missing = center.missing();
            body.put("ready", missing.isEmpty());
            missing.forEach(body.putArray("missing")::add);
            if (!missing.isEmpty()) {
                status = HttpServletResponse.SC_SERVICE_UNAVAILABLE;
                response.setHeader("Retry-After", "1");
            }
        }
        byte[] bytes = JsonText.bytes(body);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
