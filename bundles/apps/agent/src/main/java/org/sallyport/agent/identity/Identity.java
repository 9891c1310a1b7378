package org.sallyport.agent.identity;

import java.net.URI;
import java.security.PrivateKey;
import java.util.Optional;
import java.util.UUID;

/**
 * A registration.
 *
 * @param nodeId {@code mi-…}, from the server
 * @param url of the API, {@code https://host[:port]}
 * @param channelUrl of the channel port, {@code https://host[:port]}
 * @param region of the credential scope
 * @param fingerprint of this machine, made once and kept over registrations
 * @param caPem certificate authorities to believe, and no others
 * @param privateKey RSA
 * @param nextKey RSA, while the server may already know it in the place of the other
 */
public record Identity(
        String nodeId,
        URI url,
        URI channelUrl,
        String region,
        UUID fingerprint,
        String caPem,
        PrivateKey privateKey,
        Optional<PrivateKey> nextKey) {

    /** With one key. */
    public Identity(
            String nodeId,
            URI url,
            URI channelUrl,
            String region,
            UUID fingerprint,
            String caPem,
            PrivateKey privateKey) {
        this(nodeId, url, channelUrl, region, fingerprint, caPem, privateKey, Optional.empty());
    }

    /** The same node at a server that moved; the pinned authority stays, so only the same installation can be there. */
    public Identity at(URI newUrl, URI newChannelUrl) {
        return new Identity(nodeId, newUrl, newChannelUrl, region, fingerprint, caPem, privateKey, nextKey);
    }

    /** The same with another authority beside those that are believed. */
    public Identity believing(String pem) {
        String all = caPem.endsWith("\n") ? caPem + pem : caPem + "\n" + pem;
        return new Identity(nodeId, url, channelUrl, region, fingerprint, all, privateKey, nextKey);
    }

    /** The same with these keys. */
    public Identity keyed(PrivateKey key, Optional<PrivateKey> next) {
        return new Identity(nodeId, url, channelUrl, region, fingerprint, caPem, key, next);
    }

    /** Without the key, so that it may stand in a log. */
    @Override
    public String toString() {
        return "Identity[%s, region %s, server %s, channels %s]".formatted(nodeId, region, url, channelUrl);
    }
}
