package org.sallyport.agent.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.security.KeyPair;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;

/**
 * Makes this machine a node (node-agent specification, section 2).
 *
 * @param url of the API, {@code https://host[:port]}
 * @param channelUrl of the channel port, {@code https://host[:port]}
 * @param caFingerprint SHA-256 of the server's certificate authority, hexadecimal
 * @param region of the credential scope
 * @param credential what lets it in
 */
public record Registration(URI url, URI channelUrl, String caFingerprint, String region, Credential credential) {
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,100}");
    private static final Pattern NODE_ID = Pattern.compile("(?:mi|i)-[0-9a-zA-Z-]{1,61}");

    /** @throws IllegalArgumentException a part is malformed; the text says which */
    public Registration {
        requireHttps("The server's address", url);
        requireHttps("The channel's address", channelUrl);
        if (!REGION.matcher(region).matches()) {
            throw new IllegalArgumentException("The region must have 1 to 100 letters, digits and dashes: " + region);
        }
    }

    /**
     * Fetches the certificate authority by its fingerprint, makes a key pair and registers it. Stores nothing. Blocks.
     *
     * @param machine fingerprint of this machine
     * @throws IOException the server cannot be reached, or is not the one of the fingerprint;
     *     {@link org.sallyport.channel.api.ServiceException} when it refuses
     */
    public Identity perform(UUID machine) throws IOException {
        ProxySettings proxy = ProxySettings.fromEnvironment(System.getenv());
        String ca = CaTrust.fetchPinned(url, caFingerprint, proxy);
        KeyPair keys = NodeKeyPairs.fresh();
        ObjectNode request = JsonNodeFactory.instance
                .objectNode()
                .put("Fingerprint", machine.toString())
                .put("PublicKey", NodeKeyPairs.text(keys.getPublic()))
                .put("PublicKeyType", "Rsa");
        credential.into(request);
        ServiceSettings settings = new ServiceSettings(url, region, CaTrust.ofPem(List.of(ca)), proxy, () -> {
            throw new IllegalStateException("registration is not signed");
        });
        try (ServiceClient client = new ServiceClient(settings)) {
            JsonNode answer = client.callUnsigned("AmazonSSM.RegisterManagedInstance", request);
            String nodeId = answer.path("InstanceId").asText("");
            if (!NODE_ID.matcher(nodeId).matches()) {
                throw new IOException("The server's answer holds no node id; is %s a Sallyport API?".formatted(url));
            }
            return new Identity(nodeId, url, channelUrl, region, machine, ca, keys.getPrivate());
        }
    }

    /** Without what is secret, so that it may stand in a log. */
    @Override
    public String toString() {
        return "Registration[%s, %s, region %s]".formatted(url, credential, region);
    }

    private static void requireHttps(String what, URI address) {
        if (!"https".equalsIgnoreCase(address.getScheme())
                || address.getHost() == null
                || address.getRawUserInfo() != null) {
            throw new IllegalArgumentException(what + " must be https://host[:port], not " + address);
        }
    }
}
