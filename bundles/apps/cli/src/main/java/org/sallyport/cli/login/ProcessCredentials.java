package org.sallyport.cli.login;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.time.Instant;
import org.sallyport.cli.settings.AuthorityFile;
import org.sallyport.cli.settings.Login;
import org.sallyport.cli.settings.OwnConfiguration;

/** What AWS's tools take from a program that a profile names ({@code credential_process}, version 1). */
public final class ProcessCredentials {
    private ProcessCredentials() {}

    /** @throws IOException nobody is signed in, or no longer */
    public static String json(Place place, Instant now) throws IOException {
        Login login = place.requireLogin(now);
        return JsonNodeFactory.instance
                        .objectNode()
                        .put("Version", 1)
                        .put("AccessKeyId", login.accessKeyId())
                        .put("SecretAccessKey", login.secretAccessKey())
                        .put("SessionToken", login.sessionToken())
                        .put("Expiration", login.expiresAt())
                        .toPrettyString()
                + "\n";
    }

    /** A profile for {@code ~/.aws/config}, without any secret. @throws IOException no server is known */
    public static String profile(Place place) throws IOException {
        OwnConfiguration server =
                place.server().orElseThrow(() -> new IOException("No server is known yet. Run: sallyport login"));
        return """
                [profile sallyport]
                credential_process = sallyport credentials
                region = %s
                endpoint_url = %s
                ca_bundle = %s
                """
                .formatted(server.region(), server.url(), AuthorityFile.write(place.configuration(), server.caPem()));
    }
}
