package org.sallyport.core.edge;

import java.util.Dictionary;
import java.util.Hashtable;
import org.sallyport.core.edge.tls.Keystore;

/** The configuration of the web server (Apache Felix HTTP on Jetty), in its own words. */
final class WebServer {
    /** The web server's PID. */
    static final String PID = "org.apache.felix.http";

    /** The last resort: the fronts stop at 1 MiB and say so in their own words, which the web server's would hide. */
    private static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;

    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int IDLE_MILLIS = 30_000;
    private static final int MAX_THREADS = 64;

    private WebServer() {}

    /** HTTPS on that port and nothing else. */
    static Dictionary<String, Object> listening(int port, Keystore.File keystore) {
        Dictionary<String, Object> settings = new Hashtable<>();
        settings.put("org.apache.felix.http.enable", false);
        settings.put("org.apache.felix.https.enable", true);
        settings.put("org.osgi.service.http.port.secure", port);
        settings.put("org.apache.felix.https.keystore", keystore.path().toString());
        settings.put("org.apache.felix.https.keystore.type", "PKCS12");
        settings.put("org.apache.felix.https.keystore.password", keystore.password());
        settings.put("org.apache.felix.https.keystore.key.password", keystore.password());
        settings.put("org.apache.felix.https.jetty.protocols.included", new String[] {"TLSv1.2", "TLSv1.3"});
        settings.put("org.apache.felix.https.jetty.renegotiateAllowed", false);
        settings.put("org.apache.felix.http.timeout", IDLE_MILLIS);
        settings.put("org.apache.felix.http.jetty.headerBufferSize", MAX_HEADER_BYTES);
        settings.put("org.apache.felix.http.jetty.requestBufferSize", MAX_HEADER_BYTES);
        settings.put("org.apache.felix.http.jetty.requestSizeLimit", MAX_REQUEST_BYTES);
        settings.put("org.apache.felix.http.jetty.maxFormSize", MAX_REQUEST_BYTES);
        settings.put("org.apache.felix.http.jetty.threadpool.max", MAX_THREADS);
        settings.put("org.apache.felix.http.jetty.sendServerHeader", false);
        settings.put("org.apache.felix.jakarta.websocket.enable", false);
        settings.put("org.apache.felix.jetty.websocket.enable", false);
        return settings;
    }
}
