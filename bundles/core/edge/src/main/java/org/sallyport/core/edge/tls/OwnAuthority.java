package org.sallyport.core.edge.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's own authority and the certificate it signs for this server. Key and certificate share one file each, so that they
 * change together: {@code ca-key.pem} and {@code server.pem}; {@code ca.pem} is the public copy.
 */
public final class OwnAuthority implements CertificateSource {
    private static final Logger LOG = LoggerFactory.getLogger(OwnAuthority.class);
    private static final String AUTHORITY = "ca-key.pem";
    private static final String SERVER = "server.pem";

    private final TlsFiles files;
    private final List<String> names;
    private final Duration life;
    private final Clock clock;
    private final String hostName;
    private final CertificateIssuer issuer;

    /**
     * @param names external names; the names of this machine itself are added
     * @param life of the server's certificate
     */
    public OwnAuthority(TlsFiles files, List<String> names, Duration life) {
        this(files, names, life, Clock.systemUTC(), ownName());
    }

    OwnAuthority(TlsFiles files, List<String> names, Duration life, Clock clock, String hostName) {
        this.files = files;
        this.names = names;
        this.life = life;
        this.clock = clock;
        this.hostName = hostName;
        this.issuer = new CertificateIssuer(clock);
    }

    @Override
    public ServerCertificate current() {
        try {
            CertificateIssuer.Issued authority = authority();
            files.write(
                    TlsFiles.PINNED,
                    Pem.certificate(authority.certificate()).getBytes(StandardCharsets.US_ASCII),
                    TlsFiles.PUBLIC);
            CertificateIssuer.Issued server = server(authority);
            List<X509Certificate> chain = List.of(server.certificate(), authority.certificate());
            return new ServerCertificate(server.key(), chain, authority.certificate());
        } catch (GeneralSecurityException e) {
            throw new SallyportException(CommonError.INTERNAL, "The server's certificate cannot be made", e);
        }
    }

    private CertificateIssuer.Issued authority() throws GeneralSecurityException {
        Optional<CertificateIssuer.Issued> kept = read(AUTHORITY);
        if (kept.isEmpty()) {
            String installation = HexFormat.of().formatHex(new SecureRandom().generateSeed(4));
            CertificateIssuer.Issued made = issuer.authority("Sallyport CA " + installation + " on " + hostName);
            write(AUTHORITY, made);
            LOG.info("Made the certificate authority {}", made.certificate().getSubjectX500Principal());
            return made;
        }
        Duration left = left(kept.get().certificate());
        if (left.compareTo(life) < 0) {
            LOG.warn(
                    "The certificate authority in {} ends in {} days. Remove the file to have a new one made at the next"
                            + " start, and give its fingerprint to all agents and command lines",
                    files.path(AUTHORITY),
                    left.toDays());
        }
        return kept.get();
    }

    private CertificateIssuer.Issued server(CertificateIssuer.Issued authority) throws GeneralSecurityException {
        Set<String> wanted = allNames();
        Optional<CertificateIssuer.Issued> kept = read(SERVER);
        if (kept.isPresent() && stillGood(kept.get().certificate(), authority.certificate(), wanted)) {
            return kept.get();
        }
        KeyPair pair = issuer.newKey();
        CertificateIssuer.Issued made = new CertificateIssuer.Issued(
                pair.getPrivate(), issuer.server(authority, pair.getPublic(), wanted, life));
        write(SERVER, made);
        LOG.info(
                "Made a certificate for {} until {}",
                wanted,
                made.certificate().getNotAfter().toInstant());
        return made;
    }

    private boolean stillGood(X509Certificate server, X509Certificate authority, Set<String> wanted) {
        try {
            server.verify(authority.getPublicKey());
        } catch (GeneralSecurityException e) {
            LOG.info("The certificate in {} is of another authority", files.path(SERVER));
            return false;
        }
        Duration whole = Duration.between(
                server.getNotBefore().toInstant(), server.getNotAfter().toInstant());
        return left(server).multipliedBy(3).compareTo(whole) > 0
                && namesOf(server).equals(canonical(wanted));
    }

    private Duration left(X509Certificate certificate) {
        return Duration.between(clock.instant(), certificate.getNotAfter().toInstant());
    }

    private Set<String> allNames() {
        Set<String> all = new LinkedHashSet<>();
        names.forEach(n -> all.add(HostNames.canonical(n)));
        if (HostNames.isDnsName(hostName)) {
            all.add(HostNames.canonical(hostName));
        }
        for (String own : List.of("localhost", "127.0.0.1", "::1")) {
            all.add(HostNames.canonical(own));
        }
        return all;
    }

    private static Set<String> canonical(Set<String> names) {
        return names.stream().map(HostNames::canonical).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> namesOf(X509Certificate certificate) {
        try {
            var alternatives = certificate.getSubjectAlternativeNames();
            return alternatives == null
                    ? Set.of()
                    : alternatives.stream()
                            .map(a -> HostNames.canonical(a.get(1).toString()))
                            .collect(Collectors.toCollection(TreeSet::new));
        } catch (CertificateParsingException e) {
            return Set.of();
        }
    }

    private Optional<CertificateIssuer.Issued> read(String name) {
        return files.readPrivate(name).map(pem -> parse(name, pem));
    }

    private CertificateIssuer.Issued parse(String name, byte[] pem) {
        try {
            PrivateKey key = Pem.privateKey(pem).orElseThrow(() -> damaged(name, null));
            X509Certificate certificate =
                    Pem.certificates(pem).stream().findFirst().orElseThrow(() -> damaged(name, null));
            KeyFit.require(key, certificate, files.path(name).toString());
            return new CertificateIssuer.Issued(key, certificate);
        } catch (IOException | GeneralSecurityException e) {
            throw damaged(name, e);
        }
    }

    private SallyportException damaged(String name, Exception cause) {
        return new SallyportException(
                CommonError.INVALID_ARGUMENT,
                files.path(name) + " does not hold a private key and its certificate; restore it from a backup, or"
                        + " remove it to have a new one made",
                cause);
    }

    private void write(String name, CertificateIssuer.Issued issued) {
        String pem = Pem.privateKey(issued.key()) + Pem.certificate(issued.certificate());
        files.write(name, pem.getBytes(StandardCharsets.US_ASCII), TlsFiles.PRIVATE);
    }

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // the machine's name does not resolve: it then serves nobody as a name either
            return "localhost";
        }
    }
}
