package org.sallyport.core.edge;

import java.util.Dictionary;
import java.util.Hashtable;

/** The configuration of the web server (Apache Felix HTTP on Jetty), in its own words. */
final class WebServer {
    /** The web server's PID. */
    static final String PID = "org.apache.felix.http";

    /** The last resort: the fronts stop at 1 MiB and say so in their own words, which the web server's would hide. */
    private static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;

    /** A request that is not asynchronous holds one until it is answered. */
    static final int MAX_THREADS = 128;

    private WebServer() {}

    /** A web server with nothing but a listener on loopback, on any free port, which {@link InnerConnector} ends at once. */
    static Dictionary<String, Object> withoutListener() {
        Dictionary<String, Object> settings = new Hashtable<>();
        settings.put("org.apache.felix.http.enable", true);
        settings.put("org.apache.felix.http.host", "127.0.0.1");
        settings.put("org.osgi.service.http.port", "0");
        settings.put("org.apache.felix.https.enable", false);
        settings.put("org.apache.felix.http.jetty.requestSizeLimit", MAX_REQUEST_BYTES);
        settings.put("org.apache.felix.http.jetty.maxFormSize", MAX_REQUEST_BYTES);
        settings.put("org.apache.felix.http.jetty.threadpool.max", MAX_THREADS);
        settings.put("org.apache.felix.http.jetty.sendServerHeader", false);
        settings.put("org.apache.felix.jakarta.websocket.enable", false);
        settings.put("org.apache.felix.jetty.websocket.enable", false);
        return settings;
    }
}
