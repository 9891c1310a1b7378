package org.sallyport.cli.login;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sallyport.cli.settings.AuthorityFile;
import org.sallyport.cli.settings.Login;
import org.sallyport.cli.settings.OwnConfiguration;

/** Lines for a shell with which the AWS CLI, session-manager-plugin and SDKs reach the server as who is signed in. */
public final class EnvironmentLines {
    private EnvironmentLines() {}

    /** @throws IOException nobody is signed in, or no longer */
    public static String of(Place place, Instant now) throws IOException {
        Login login = place.requireLogin(now);
        OwnConfiguration server = place.server().orElseThrow();
        String authority =
                AuthorityFile.write(place.configuration(), server.caPem()).toString();
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("AWS_ACCESS_KEY_ID", login.accessKeyId());
        variables.put("AWS_SECRET_ACCESS_KEY", login.secretAccessKey());
        variables.put("AWS_SESSION_TOKEN", login.sessionToken());
        variables.put("AWS_REGION", server.region());
        variables.put("AWS_DEFAULT_REGION", server.region());
        variables.put("AWS_ENDPOINT_URL_SSM", server.url());
        variables.put("AWS_ENDPOINT_URL_STS", server.url());
        variables.put("AWS_ENDPOINT_URL_IAM", server.url());
        variables.put("AWS_CA_BUNDLE", authority);
        variables.put("SSL_CERT_FILE", authority);
        StringBuilder lines = new StringBuilder();
        variables.forEach((name, value) -> lines.append("export ")
                .append(name)
                .append('=')
                .append(quoted(value))
                .append('\n'));
        return lines.toString();
    }

    /** One word of a shell, whatever stands in it. */
    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
