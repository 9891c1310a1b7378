package org.sallyport.adapter.node.cloud;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * What a node shows, as JSON: {@code {"pkcs7":"…"}} with the text of {@code instance-identity/rsa2048} (a PKCS #7 message that holds the document),
 * or {@code {"document":"…","signature":"…"}} with that and the text of {@code instance-identity/signature} (RSA with SHA-256).
 */
final class SignedDocument {
    private static final String RSA_SHA256 = "SHA256withRSA";

    /** Object identifiers of SHA-256, SHA-384 and SHA-512; EC2's older form with DSA and SHA-1 is not taken. */
    private static final Set<String> DIGESTS =
            Set.of("2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3");

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(2).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private SignedDocument() {}

    /**
     * The bytes that somebody trusted signed.
     *
     * @throws RefusedException that says what is wrong
     */
    static byte[] verified(String shown, List<X509Certificate> trusted) throws RefusedException {
        JsonNode root;
        try {
            root = JSON.readTree(shown);
        } catch (IOException e) {
            throw new RefusedException("it is no JSON with pkcs7, or with document and signature", e);
        }
        if (root.path("pkcs7").isTextual()) {
            return ofMessage(base64(root.get("pkcs7").textValue()), trusted);
        }
        if (root.path("document").isTextual() && root.path("signature").isTextual()) {
            byte[] document = root.get("document").textValue().getBytes(StandardCharsets.UTF_8);
            byte[] signature = base64(root.get("signature").textValue());
            if (trusted.stream().anyMatch(certificate -> signs(certificate, document, signature))) {
                return document;
            }
            throw forged();
        }
        throw new RefusedException("it is no JSON with pkcs7, or with document and signature");
    }

    private static byte[] ofMessage(byte[] message, List<X509Certificate> trusted) throws RefusedException {
        try {
            CMSSignedData signed = new CMSSignedData(message);
            if (signed.getSignedContent() == null
                    || !(signed.getSignedContent().getContent() instanceof byte[] content)) {
                throw new RefusedException("the PKCS #7 message holds no document");
            }
            for (SignerInformation signer : signed.getSignerInfos().getSigners()) {
                if (!DIGESTS.contains(signer.getDigestAlgOID())) {
                    throw new RefusedException(
                            "it is not signed with SHA-256 or better; use instance-identity/rsa2048");
                }
                for (X509Certificate certificate : trusted) {
                    if (signs(certificate, signer)) {
                        return content;
                    }
                }
            }
            throw forged();
        } catch (CMSException | RuntimeException e) {
            throw new RefusedException("the PKCS #7 message cannot be read", e);
        }
    }

    private static boolean signs(X509Certificate certificate, SignerInformation signer) {
        try {
            // by the key alone: what certificates the message brings along says nothing
            return signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate.getPublicKey()));
        } catch (CMSException | OperatorCreationException e) {
            return false;
        }
    }

    private static boolean signs(X509Certificate certificate, byte[] document, byte[] signature) {
        try {
            Signature check = Signature.getInstance(RSA_SHA256);
            check.initVerify(certificate.getPublicKey());
            check.update(document);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] base64(String text) throws RefusedException {
        try {
            return Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z0-9 ]+-----", ""));
        } catch (IllegalArgumentException e) {
            throw new RefusedException("a signature is not base64", e);
        }
    }

    private static RefusedException forged() {
        return new RefusedException("no certificate that is configured signed it");
    }
}
