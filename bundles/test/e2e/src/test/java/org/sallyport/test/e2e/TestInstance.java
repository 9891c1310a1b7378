package org.sallyport.test.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** A cloud's metadata service on this machine, with a key of its own that signs what it says, in the form of EC2's {@code rsa2048}. */
final class TestInstance implements AutoCloseable {
    static final String ACCOUNT = "123456789012";
    private static final String TOKEN = "a-metadata-token";

    private final KeyPair keys = RawNode.newKey(2048);
    private final X509Certificate certificate;
    private final HttpServer server;
    private volatile String document = "";

    TestInstance() throws Exception {
        X500Name name = new X500Name("CN=test cloud");
        Instant now = Instant.now();
        certificate = new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(now.minus(Duration.ofDays(1))),
                                Date.from(now.plus(Duration.ofDays(1))),
                                name,
                                keys.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/latest/api/token",
                exchange -> answer(exchange, exchange.getRequestMethod().equals("PUT"), TOKEN));
        server.createContext(
                "/latest/dynamic/instance-identity/rsa2048",
                exchange -> answer(
                        exchange,
                        TOKEN.equals(exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token")),
                        document));
        server.start();
    }

    private static void answer(HttpExchange exchange, boolean right, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(right ? 200 : 401, right ? bytes.length : -1);
        if (right) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    Path pem(Path file) throws Exception {
        return Files.writeString(
                file,
                "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    /** From now on it is that instance, started then. */
    void is(String instanceId, Instant started) throws Exception {
        shows(message(instanceId, started));
    }

    void shows(String message) {
        document = message;
    }

    /** Base64 in lines, as the metadata service has it. */
    String message(String instanceId, Instant started) throws Exception {
        String json =
                """
                {
                  "accountId" : "%s",
                  "architecture" : "x86_64",
                  "availabilityZone" : "eu-west-1b",
                  "imageId" : "ami-5fb8c835",
                  "instanceId" : "%s",
                  "instanceType" : "t2.micro",
                  "pendingTime" : "%s",
                  "region" : "eu-west-1",
                  "version" : "2017-09-30"
                }"""
                        .formatted(ACCOUNT, instanceId, started);
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(
                new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                        .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate()), certificate));
        generator.addCertificates(new JcaCertStore(List.of(certificate)));
        byte[] message = generator
                .generate(new CMSProcessableByteArray(json.getBytes(StandardCharsets.UTF_8)), true)
                .getEncoded();
        return Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(message);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
