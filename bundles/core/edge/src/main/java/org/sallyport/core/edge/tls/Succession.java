package org.sallyport.core.edge.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the server's own authority without a break. It begins by itself when the authority would end before a certificate of
 * full life and the succession, or when an operator puts a file {@code rotate-ca} into the folder. Then:
 *
 * <ol>
 *   <li>The next authority is made and introduced: the chain that the server sends holds it, and holds it once more signed by
 *       the present one. Agents and command lines that see it believe both from then on. {@code ca.pem} holds both.
 *   <li>After {@link #OVERLAP} it becomes the one that signs. The introduction goes on to be sent, so that who knows only the old one still
 *       gets in, and learns.
 *   <li>After another {@link #OVERLAP} the introduction has ended and is sent no more. The old key was gone with the change.
 * </ol>
 */
final class Succession {
    static final Duration OVERLAP = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);
    private static final String NEXT = "ca-next.pem";
    private static final String INTRODUCTION = "ca-introduction.pem";
    private static final String WISH = "rotate-ca";

    private final TlsFiles files;
    private final IssuedFiles kept;
    private final CertificateIssuer issuer;
    private final Duration life;
    private final Clock clock;
    private final String hostName;

    /**
     * Who signs, and what follows the server's certificate in the chain.
     *
     * @param sent the signing authority first
     */
    record Line(CertificateIssuer.Issued issuing, List<X509Certificate> sent) {}

    Succession(TlsFiles files, CertificateIssuer issuer, Duration life, Clock clock, String hostName) {
        this.files = files;
        this.kept = new IssuedFiles(files);
        this.issuer = issuer;
        this.life = life;
        this.clock = clock;
        this.hostName = hostName;
    }

    /** Takes the step that is due; each is one rename, and is found and finished after a crash. */
    Line advance(CertificateIssuer.Issued present) throws GeneralSecurityException {
        Instant now = clock.instant();
        Optional<CertificateIssuer.Issued> next = kept.read(NEXT);
        Optional<X509Certificate> introduction = introduction();
        boolean introduced = next.isPresent()
                && introduction.isPresent()
                && introduction
                        .get()
                        .getPublicKey()
                        .equals(next.get().certificate().getPublicKey());
        CertificateIssuer.Issued issuing = present;
        if (introduced && !now.isBefore(begun(introduction.get()).plus(OVERLAP))) {
            issuing = succeed(next.get());
            next = Optional.empty();
        } else if (next.isPresent() && !introduced || next.isEmpty() && due(present.certificate(), now)) {
            CertificateIssuer.Issued successor = next.isPresent() ? next.get() : make();
            next = Optional.of(successor);
            introduction = Optional.of(introduce(present, successor.certificate(), now));
        }
        Line line = new Line(issuing, sent(issuing.certificate(), next, introduction, now));
        publish(line, next);
        return line;
    }

    private boolean due(X509Certificate present, Instant now) {
        return Files.exists(files.path(WISH))
                || now.plus(life).plus(OVERLAP).isAfter(present.getNotAfter().toInstant());
    }

    private CertificateIssuer.Issued make() throws GeneralSecurityException {
        CertificateIssuer.Issued made = issuer.authority(OwnAuthority.authorityName(hostName));
        kept.write(NEXT, made);
        return made;
    }

    private X509Certificate introduce(CertificateIssuer.Issued present, X509Certificate next, Instant now)
            throws GeneralSecurityException {
        X509Certificate introduction = issuer.introduction(present, next, now.plus(OVERLAP.multipliedBy(2)));
        files.write(INTRODUCTION, Pem.certificate(introduction).getBytes(StandardCharsets.US_ASCII), TlsFiles.PUBLIC);
        files.remove(WISH);
        LOG.warn(
                "The certificate authority {} will sign from {} on. Agents and command lines that connect until then learn"
                        + " it by themselves; give its fingerprint {} or {} to all others",
                next.getSubjectX500Principal(),
                now.plus(OVERLAP),
                ServerCertificate.fingerprint(next),
                files.path(TlsFiles.PINNED));
        return introduction;
    }

    private CertificateIssuer.Issued succeed(CertificateIssuer.Issued next) {
        files.rename(NEXT, OwnAuthority.AUTHORITY);
        LOG.info("The certificate authority {} signs now", next.certificate().getSubjectX500Principal());
        return next;
    }

    private List<X509Certificate> sent(
            X509Certificate issuing,
            Optional<CertificateIssuer.Issued> next,
            Optional<X509Certificate> introduction,
            Instant now) {
        List<X509Certificate> sent = new ArrayList<>(List.of(issuing));
        introduction
                .filter(word -> now.isBefore(word.getNotAfter().toInstant()))
                .ifPresent(word -> {
                    sent.add(word);
                    next.ifPresent(successor -> sent.add(successor.certificate()));
                });
        return sent;
    }

    private void publish(Line line, Optional<CertificateIssuer.Issued> next) {
        String pinned = Pem.certificate(line.issuing().certificate())
                + next.map(successor -> Pem.certificate(successor.certificate()))
                        .orElse("");
        files.writeIfDifferent(TlsFiles.PINNED, pinned.getBytes(StandardCharsets.US_ASCII), TlsFiles.PUBLIC);
    }

    private Optional<X509Certificate> introduction() throws GeneralSecurityException {
        try {
            return Files.exists(files.path(INTRODUCTION))
                    ? Pem.certificates(TlsFiles.readBounded(files.path(INTRODUCTION))).stream()
                            .findFirst()
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + files.path(INTRODUCTION), e);
        }
    }

    private static Instant begun(X509Certificate introduction) {
        return introduction.getNotBefore().toInstant().plus(CertificateIssuer.BACKDATED);
    }
}
