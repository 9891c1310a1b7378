package org.sallyport.cli.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceException;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.cli.settings.Login;
import org.sallyport.cli.settings.OwnConfiguration;
import org.sallyport.protocol.sigv4.SigningCredentials;

/** Signs in and out at one server whose authority is pinned. A refusal is told at once: nothing is tried again by itself. */
public final class LoginService implements AutoCloseable {
    private static final String PATH = "/console/api/v1/logins";
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Set<String> OVER = Set.of("ExpiredTokenException", "UnrecognizedClientException");

    private final URI url;
    private final String caPem;
    private final Place place;
    private final ServiceClient client;
    private String region;

    /** Who signs in. {@code toString} hides password and code. */
    public record Person(String name, String password, Optional<String> code) {
        @Override
        public String toString() {
            return "Person[" + name + "]";
        }
    }

    private LoginService(URI url, String caPem, Place place) {
        this.url = url;
        this.caPem = caPem;
        this.place = place;
        this.client = new ServiceClient(settings("none", LoginService::noCredentials));
    }

    /**
     * The server that is named, else the one that is kept.
     *
     * @throws IOException its authority is not the one of the fingerprint; no server is known; or a key of another server would be lost
     * @throws IllegalArgumentException the URL or the fingerprint is malformed
     */
    public static LoginService at(Place place, Optional<URI> url, Optional<String> fingerprint) throws IOException {
        Optional<OwnConfiguration> kept = place.server();
        URI server = url.or(() -> kept.map(known -> URI.create(known.url())))
                .orElseThrow(() -> new IOException(
                        "No server is known yet; give --url and --ca-fingerprint as its operator names them"));
        Optional<OwnConfiguration> same = kept.filter(known -> known.isServer(server.toString()));
        if (same.isEmpty() && kept.filter(OwnConfiguration::hasKey).isPresent()) {
            throw new IOException(
                    "%s keeps an access key of another server, %s: set SALLYPORT_CONFIG to another file for this one, or delete that file"
                            .formatted(place.configuration(), kept.get().url()));
        }
        if (fingerprint.isPresent()) {
            return new LoginService(server, CaTrust.fetchPinned(server, fingerprint.get(), place.proxy()), place);
        }
        String pem = same.map(OwnConfiguration::caPem)
                .orElseThrow(() -> new IOException(
                        "%s is not known yet; give its --ca-fingerprint as its operator names it".formatted(server)));
        return new LoginService(server, pem, place);
    }

    /** @throws ServiceException the server's refusal; {@code code-required} when a code is needed as well */
    public Login signIn(Person person, Optional<Integer> minutes) throws IOException {
        ObjectNode wanted = JsonNodeFactory.instance.objectNode();
        wanted.put("user", person.name()).put("password", person.password());
        person.code().ifPresent(code -> wanted.put("code", code));
        minutes.ifPresent(many -> wanted.put("minutes", many));
        JsonNode issued = client.callOwn("POST", PATH, wanted);
        region = issued.path("region").asText("");
        if (!REGION.matcher(region).matches()) {
            throw new IOException("The server's answer has no usable region");
        }
        try {
            return new Login(
                    url.toString(),
                    issued.path("user").asText(""),
                    issued.path("arn").asText(""),
                    issued.path("accessKeyId").asText(""),
                    issued.path("secretAccessKey").asText(""),
                    issued.path("sessionToken").asText(""),
                    issued.path("expiresAt").asText(""));
        } catch (IllegalArgumentException e) {
            throw new IOException("The server's answer cannot be used: " + e.getMessage(), e);
        }
    }

    /** What is to be kept of the server after a sign-in; a key of the same server stays. */
    public OwnConfiguration server(Login login, Place kept) throws IOException {
        return kept.server()
                .filter(known -> known.isServer(login.url()))
                .map(known -> known.with(region, caPem))
                .orElseGet(() -> new OwnConfiguration(url.toString(), region, caPem, null, null));
    }

    /** @throws ServiceException {@code signed-out} when {@code everywhere} and the credentials do not hold */
    public void end(Login login, boolean everywhere) throws IOException {
        ObjectNode ending = JsonNodeFactory.instance.objectNode();
        ending.put("accessKeyId", login.accessKeyId()).put("sessionToken", login.sessionToken());
        if (everywhere) {
            ending.put("everywhere", true);
        }
        client.callOwn("DELETE", PATH, ending);
    }

    /** Whether the server still takes the credentials; which right they have does not matter. */
    public boolean holds(Login login) throws IOException {
        String known = place.server().map(OwnConfiguration::region).orElse("");
        try (ServiceClient signed = new ServiceClient(settings(known, login::signing))) {
            signed.call(
                    "AmazonSSM.DescribeSessions",
                    JsonNodeFactory.instance.objectNode().put("State", "Active").put("MaxResults", 1));
            return true;
        } catch (ServiceException e) {
            return !OVER.contains(e.code());
        }
    }

    private ServiceSettings settings(String ofRegion, Supplier<SigningCredentials> credentials) {
        return new ServiceSettings(
                url,
                ofRegion,
                CaTrust.ofPem(List.of(caPem)),
                place.proxy(),
                credentials,
                ServiceSettings.DEFAULT_DEADLINE,
                1);
    }

    private static SigningCredentials noCredentials() {
        throw new IllegalStateException("signing in signs nothing");
    }

    @Override
    public void close() {
        client.close();
    }
}
