package org.sallyport.front.console;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterRegex;

/**
 * Leads a browser from the API port's {@code /} to the console. That path belongs to the AWS-shaped APIs, which use POST; only a GET that asks
 * for a page is taken from them.
 */
@Component(service = Filter.class)
@HttpWhiteboardFilterRegex("/")
public final class FrontDoor implements Filter {
    private static final String TAKEN = "sallyport.front";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http
                && response instanceof HttpServletResponse answer
                && http.getRequestURI().equals("/")
                && (http.getMethod().equals("GET") || http.getMethod().equals("HEAD"))
                && String.valueOf(http.getHeader("Accept")).contains("text/html")) {
            http.setAttribute(TAKEN, true);
            answer.setHeader("Cache-Control", "no-store");
            answer.setHeader("Vary", "Accept");
            answer.setHeader("Location", ConsoleServlet.PATH + "/");
            answer.setStatus(HttpServletResponse.SC_SEE_OTHER);
            return;
        }
        chain.doFilter(request, response);
    }
}
