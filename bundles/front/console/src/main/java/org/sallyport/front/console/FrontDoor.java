package org.sallyport.front.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.Preprocessor;

/**
 * Leads a browser from the API port's {@code /} to the console. That path belongs to the AWS-shaped APIs, which use POST; only a GET that asks
 * for a page is taken from them. It stands before all servlets, because a filter sees only those of its own context and the APIs have
 * another.
 */
@Component(service = Preprocessor.class)
public final class FrontDoor implements Preprocessor {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked
                && response instanceof HttpServletResponse answer
                && asked.getRequestURI().equals("/")
                && (asked.getMethod().equals("GET") || asked.getMethod().equals("HEAD"))
                && String.valueOf(asked.getHeader("Accept")).contains("text/html")) {
            answer.setStatus(HttpServletResponse.SC_SEE_OTHER);
            answer.setHeader("Location", ConsoleServlet.PATH + "/");
            answer.setHeader("Cache-Control", "no-store");
            answer.setHeader("Vary", "Accept");
            return;
        }
        chain.doFilter(request, response);
    }
}
