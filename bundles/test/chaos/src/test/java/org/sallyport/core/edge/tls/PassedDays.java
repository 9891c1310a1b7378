package org.sallyport.core.edge.tls;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Makes the days of a succession pass for a server that runs: its introduction becomes what it would be had it been made earlier. */
public final class PassedDays {
    private final TlsFiles files;
    private final CertificateIssuer.Issued present;
    private final X509Certificate next;

    /** @param tls folder of a server that introduces its next authority */
    public PassedDays(Path tls) {
        files = new TlsFiles(tls);
        IssuedFiles kept = new IssuedFiles(files);
        present = kept.read(OwnAuthority.AUTHORITY).orElseThrow();
        next = kept.read("ca-next.pem").orElseThrow().certificate();
    }

    /** The authority that is to follow. */
    public X509Certificate next() {
        return next;
    }

    /** As if the introduction had been made that long ago. */
    public void sinceTheIntroduction(Duration ago) throws GeneralSecurityException {
        Instant begin = Instant.now().minus(ago);
        X509Certificate introduction = new CertificateIssuer(Clock.fixed(begin, ZoneOffset.UTC))
                .introduction(present, next, begin.plus(Succession.OVERLAP.multipliedBy(2)));
        files.write(
                "ca-introduction.pem",
                Pem.certificate(introduction).getBytes(StandardCharsets.US_ASCII),
                TlsFiles.PUBLIC);
    }
}
