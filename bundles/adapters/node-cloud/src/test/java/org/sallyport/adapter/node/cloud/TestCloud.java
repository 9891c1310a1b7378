package org.sallyport.adapter.node.cloud;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** A cloud that signs identity documents, in both of EC2's forms. */
final class TestCloud {
    private final KeyPair keys;
    private final X509Certificate certificate;

    TestCloud(Instant from, Instant to) throws GeneralSecurityException, OperatorCreationException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        X500Name name = new X500Name("CN=test cloud");
        certificate = new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name, BigInteger.ONE, Date.from(from), Date.from(to), name, keys.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
    }

    /** The certificate as a file. */
    Path pem(Path folder) throws IOException, GeneralSecurityException {
        String text = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        return Files.writeString(Files.createTempFile(folder, "cloud", ".pem"), text);
    }

    static String document(String instance, Instant pending, String account) {
        return """
                {
                  "accountId" : "%s",
                  "architecture" : "x86_64",
                  "availabilityZone" : "us-west-2b",
                  "billingProducts" : null,
                  "imageId" : "ami-5fb8c835",
                  "instanceId" : "%s",
                  "instanceType" : "t2.micro",
                  "pendingTime" : "%s",
                  "privateIp" : "10.158.112.84",
                  "region" : "us-west-2",
                  "version" : "2017-09-30"
                }"""
                .formatted(account, instance, pending);
    }

    /** As {@code instance-identity/document} and {@code instance-identity/signature} give it. */
    String signed(String document) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(document.getBytes(StandardCharsets.UTF_8));
        return "{\"document\":\""
                + document.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\",\"signature\":\""
                + Base64.getEncoder().encodeToString(signature.sign()) + "\"}";
    }

    /** As {@code instance-identity/rsa2048} gives it, with the certificate inside. */
    String message(String document, String algorithm)
            throws GeneralSecurityException, OperatorCreationException, CMSException, IOException {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        SignerInfoGenerator signer = new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                .build(new JcaContentSignerBuilder(algorithm).build(keys.getPrivate()), certificate);
        generator.addSignerInfoGenerator(signer);
        generator.addCertificates(new JcaCertStore(List.of(certificate)));
        byte[] message = generator
                .generate(new CMSProcessableByteArray(document.getBytes(StandardCharsets.UTF_8)), true)
                .getEncoded();
        // the metadata service breaks lines
        return "{\"pkcs7\":\""
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(message)
                        .replace("\n", "\\n") + "\"}";
    }
}
