package org.sallyport.front.console.api;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.sallyport.api.error.SallyportException;

/**
 * Whether a request comes from the console's own pages. A browser says so in {@code Origin} and {@code Sec-Fetch-Site}, which a page
 * cannot change.
 */
final class Origins {
    private Origins() {}

    /**
     * @param change whether the request may change something; then the browser must have said where it comes from
     * @throws SallyportException {@code REQUEST_FORGED}
     */
    static void require(URI own, Optional<String> origin, Optional<String> fetchSite, boolean change) {
        boolean told = origin.isPresent() || fetchSite.isPresent();
        boolean right = origin.map(value -> value.equals(origin(own))).orElse(true)
                && fetchSite
                        .map(site -> site.equals("same-origin") || !change && site.equals("none"))
                        .orElse(true);
        if (!right || change && !told) {
            throw new SallyportException(
                    RequestError.REQUEST_FORGED,
                    "This request does not come from the console's own pages. Open the console at %s/console/ ."
                            .formatted(origin(own)));
        }
    }

    /**
     * For what programs alone call, so that no page can make a browser try passwords.
     *
     * @throws SallyportException {@code REQUEST_FORGED} when the request comes from any page at all
     */
    static void refuseBrowsers(Optional<String> origin, Optional<String> fetchSite) {
        if (origin.isPresent() || fetchSite.isPresent()) {
            throw new SallyportException(
                    RequestError.REQUEST_FORGED, "This is for command lines; a browser signs in at the console.");
        }
    }

    /** As browsers write it: without the port when it is the scheme's own. */
    static String origin(URI own) {
        String port = own.getPort() < 0 || own.getPort() == 443 ? "" : ":" + own.getPort();
        return own.getScheme() + "://" + own.getHost().toLowerCase(Locale.ROOT) + port;
    }
}
