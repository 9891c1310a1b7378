package org.sallyport.front.console;

import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Optional;

/** What each answer tells the browser to refuse, whatever a page or what it shows may try. */
final class SecurityHeaders {
    private SecurityHeaders() {}

    /** @param channel where terminals connect to, {@code wss://host:port}; without it they cannot */
    static void put(HttpServletResponse response, Optional<URI> channel) {
        response.setHeader("Content-Security-Policy", policy(channel));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader(
                "Permissions-Policy",
                "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=(),"
                        + " display-capture=(), screen-wake-lock=(), clipboard-read=(self), clipboard-write=(self)");
    }

    private static String policy(Optional<URI> channel) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'"
                + channel.map(uri -> " wss://" + uri.getRawAuthority()).orElse("")
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script';"
                + " trusted-types 'none'";
    }
}
