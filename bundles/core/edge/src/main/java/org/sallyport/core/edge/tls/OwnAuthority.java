package org.sallyport.core.edge.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
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
 * change together: {@code ca-key.pem} and {@code server.pem}; {@code ca.pem} is the public copy. {@link Succession} replaces the authority.
 */
public final class OwnAuthority implements CertificateSource {
    private static final Logger LOG = LoggerFactory.getLogger(OwnAuthority.class);
    static final String AUTHORITY = "ca-key.pem";
    private static final String SERVER = "server.pem";

    private final TlsFiles files;
    private final List<String> names;
    private final Duration life;
    private final Clock clock;
    private final String hostName;
    private final CertificateIssuer issuer;
    private final IssuedFiles kept;
    private final Succession succession;

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
        this.kept = new IssuedFiles(files);
        this.succession = new Succession(files, issuer, life, clock, hostName);
    }

    @Override
    public ServerCertificate current() {
        try {
            Succession.Line line = succession.advance(authority());
            CertificateIssuer.Issued server = server(line.issuing());
            List<X509Certificate> chain = new ArrayList<>();
            chain.add(server.certificate());
            chain.addAll(line.sent());
            return new ServerCertificate(server.key(), chain, line.issuing().certificate());
        } catch (GeneralSecurityException e) {
            throw new SallyportException(CommonError.INTERNAL, "The server's certificate cannot be made", e);
        }
    }

    private CertificateIssuer.Issued authority() throws GeneralSecurityException {
        Optional<CertificateIssuer.Issued> there = kept.read(AUTHORITY);
        if (there.isPresent()) {
            return there.get();
        }
        CertificateIssuer.Issued made = issuer.authority(authorityName(hostName));
        kept.write(AUTHORITY, made);
        LOG.info("Made the certificate authority {}", made.certificate().getSubjectX500Principal());
        return made;
    }

    /** Tells authorities of one machine apart. */
    static String authorityName(String hostName) {
        return "Sallyport CA " + HexFormat.of().formatHex(new SecureRandom().generateSeed(4)) + " on " + hostName;
    }

    private CertificateIssuer.Issued server(CertificateIssuer.Issued authority) throws GeneralSecurityException {
        Set<String> wanted = allNames();
        Optional<CertificateIssuer.Issued> there = kept.read(SERVER);
        if (there.isPresent() && stillGood(there.get().certificate(), authority.certificate(), wanted)) {
            return there.get();
        }
        KeyPair pair = issuer.newKey();
        CertificateIssuer.Issued made = new CertificateIssuer.Issued(
                pair.getPrivate(), issuer.server(authority, pair.getPublic(), wanted, life));
        kept.write(SERVER, made);
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

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // the machine's name does not resolve: it then serves nobody as a name either
            return "localhost";
        }
    }
}
