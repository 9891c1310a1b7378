package org.sallyport.core.edge.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/** A certificate that the operator brings: read anew at each call, so that replaced files are noticed. */
public final class OperatorCertificate implements CertificateSource {
    private final TlsFiles files;
    private final Path chainFile;
    private final Path keyFile;
    private final Path authorityFile;
    private final Clock clock;

    public OperatorCertificate(TlsFiles files, Path chainFile, Path keyFile, Path authorityFile) {
        this(files, chainFile, keyFile, authorityFile, Clock.systemUTC());
    }

    OperatorCertificate(TlsFiles files, Path chainFile, Path keyFile, Path authorityFile, Clock clock) {
        this.files = files;
        this.chainFile = chainFile;
        this.keyFile = keyFile;
        this.authorityFile = authorityFile;
        this.clock = clock;
    }

    @Override
    public ServerCertificate current() {
        List<X509Certificate> chain = certificates("tls.chain", chainFile);
        List<X509Certificate> authorities = certificates("tls.ca", authorityFile);
        PrivateKey key = key();
        X509Certificate leaf = chain.get(0);
        KeyFit.require(key, leaf, keyFile + " (tls.key)");
        requireInTime(leaf);
        X509Certificate authority = anchor(chain, authorities);
        ServerCertificate certificate = new ServerCertificate(key, withAuthority(chain, authority), authority);
        files.writeIfDifferent(
                TlsFiles.PINNED, certificate.authorityPem().getBytes(StandardCharsets.US_ASCII), TlsFiles.PUBLIC);
        return certificate;
    }

    private void requireInTime(X509Certificate leaf) {
        Date now = Date.from(clock.instant());
        if (now.after(leaf.getNotAfter())) {
            throw refused(
                    "tls.chain", chainFile, "expired on " + leaf.getNotAfter().toInstant(), null);
        }
        if (now.before(leaf.getNotBefore())) {
            throw refused(
                    "tls.chain",
                    chainFile,
                    "is not valid before " + leaf.getNotBefore().toInstant(),
                    null);
        }
    }

    private X509Certificate anchor(List<X509Certificate> chain, List<X509Certificate> authorities) {
        List<X509Certificate> path =
                chain.stream().filter(c -> !authorities.contains(c)).toList();
        if (path.isEmpty()) {
            throw refused("tls.chain", chainFile, "holds the authority itself and no certificate of this server", null);
        }
        try {
            PKIXParameters parameters = new PKIXParameters(
                    authorities.stream().map(a -> new TrustAnchor(a, null)).collect(Collectors.toSet()));
            // a server does not ask for the revocation of its own certificate
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(clock.instant()));
            CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(path);
            var result = (PKIXCertPathValidatorResult)
                    CertPathValidator.getInstance("PKIX").validate(certPath, parameters);
            return result.getTrustAnchor().getTrustedCert();
        } catch (CertPathValidatorException e) {
            String problem = "does not lead to the authority in " + authorityFile + " (tls.ca): " + e.getMessage()
                    + ". It must hold the server's certificate first, then each intermediate one in order";
            throw refused("tls.chain", chainFile, problem, e);
        } catch (GeneralSecurityException e) {
            throw refused("tls.chain", chainFile, "cannot be checked: " + e.getMessage(), e);
        }
    }

    private static List<X509Certificate> withAuthority(List<X509Certificate> chain, X509Certificate authority) {
        List<X509Certificate> whole = new ArrayList<>(chain);
        whole.remove(authority);
        whole.add(authority);
        return whole;
    }

    private PrivateKey key() {
        try {
            return Pem.privateKey(TlsFiles.readBounded(keyFile))
                    .orElseThrow(
                            () -> refused("tls.key", keyFile, "holds no unencrypted private key in PEM form", null));
        } catch (IOException e) {
            throw refused("tls.key", keyFile, "cannot be read: " + e, e);
        }
    }

    private static List<X509Certificate> certificates(String attribute, Path file) {
        try {
            List<X509Certificate> found = Pem.certificates(TlsFiles.readBounded(file));
            if (found.isEmpty()) {
                throw refused(attribute, file, "holds no certificate in PEM form", null);
            }
            return found;
        } catch (IOException | GeneralSecurityException e) {
            throw refused(attribute, file, "cannot be read: " + e, e);
        }
    }

    private static SallyportException refused(String attribute, Path file, String problem, Exception cause) {
        return new SallyportException(
                CommonError.INVALID_ARGUMENT, "%s: %s %s".formatted(attribute, file, problem), cause);
    }
}
