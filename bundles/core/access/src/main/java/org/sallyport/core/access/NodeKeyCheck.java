package org.sallyport.core.access;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.node.NodeKeys;
import org.sallyport.protocol.sigv4.Authorization;
import org.sallyport.protocol.sigv4.HttpRequestView;
import org.sallyport.protocol.sigv4.SigV4Verifier;

/** Checks requests that a node signed with its own RSA key (node-agent specification, sections 3.2 and 3.5). */
final class NodeKeyCheck {
    private static final String SERVICE = "ssm";
    private static final Pattern NODE_ID = Pattern.compile("mi-[0-9a-f]{17}|i-[0-9a-f]{8}(?:[0-9a-f]{9})?");

    private final Principals principals;
    private final PublicKey decoy = decoy();

    NodeKeyCheck(Principals principals) {
        this.principals = principals;
    }

    /** Whether an access key id is meant to be a node's: those of people and roles begin otherwise. */
    static boolean concerns(String accessKeyId) {
        return accessKeyId.startsWith("mi-") || accessKeyId.startsWith("i-");
    }

    /**
     * @param keys null while core/node is away
     * @throws SallyportException {@code KEY_UNKNOWN} for what no node sends, {@code ACCESS_DENIED} for a node that is not registered
     *     (it then knocks twice an hour only), {@code SIGNATURE_WRONG}, also for one that was used, {@code SERVICE_AWAY} without keys
     */
    Principal check(HttpRequestView request, Authorization authorization, NodeKeys keys) {
        String nodeId = authorization.accessKeyId();
        boolean plausible = NODE_ID.matcher(nodeId).matches()
                && authorization.service().equals(SERVICE)
                && !authorization.presigned()
                && authorization.sessionToken().isEmpty();
        if (!plausible) {
            throw SecretKeyCheck.unknown();
        }
        if (keys == null) {
            throw new SallyportException(
                    CommonError.SERVICE_AWAY,
                    "The keys of nodes cannot be read now, so the signature of %s cannot be checked; try again."
                            .formatted(nodeId));
        }
        Optional<PublicKey> key = keys.publicKey(nodeId);
        boolean signed = SigV4Verifier.rsaPssMatches(request, authorization, key.orElse(decoy));
        if (key.isEmpty()) {
            throw new SallyportException(
                    AccessError.ACCESS_DENIED,
                    "Node %s is not registered here; register it with a new activation.".formatted(nodeId));
        }
        if (!signed) {
            throw SignatureVerifier.wrongSignature();
        }
        Instant until = authorization.timestamp().plus(SignatureWindow.SKEW).plusSeconds(1);
        if (!keys.firstUse(nodeId, digest(authorization.signature()), until)) {
            throw new SallyportException(
                    AccessError.SIGNATURE_WRONG,
                    "This signature of node %s was used already; sign the request anew.".formatted(nodeId));
        }
        return principals.nodeKey(nodeId);
    }

    /** Of the bytes, since one signature can be written as text in several ways. */
    private static String digest(String signature) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Base64.getDecoder().decode(signature)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A modulus nobody has the factors of: gives the work of a verification for nodes that are unknown. */
    private static PublicKey decoy() {
        BigInteger modulus =
                new BigInteger(2048, new SecureRandom()).setBit(2047).setBit(0);
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(modulus, RSAKeyGenParameterSpec.F4));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }
}
