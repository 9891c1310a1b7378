package org.sallyport.core.edge.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes the certificates of the server's own authority: EC P-256, ECDSA with SHA-256, by the platform's own providers. */
final class CertificateIssuer {
    /** Life of an authority. */
    static final Duration AUTHORITY_LIFE = Duration.ofDays(3652);
    /** Certificates begin a little in the past, for peers whose clocks are behind. */
    static final Duration BACKDATED = Duration.ofHours(1);
    /** Longest common name (RFC 5280, appendix A.1). */
    private static final int MAX_COMMON_NAME = 64;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    CertificateIssuer(Clock clock) {
        this.clock = clock;
    }

    /** A private key with its certificate. */
    record Issued(PrivateKey key, X509Certificate certificate) {}

    KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    /** A new self-signed authority that signs servers only. */
    Issued authority(String commonName) throws GeneralSecurityException {
        KeyPair pair = newKey();
        X500Name name = name(commonName);
        Instant until = clock.instant().minus(BACKDATED).plus(AUTHORITY_LIFE);
        return new Issued(pair.getPrivate(), authority(name, pair.getPublic(), name, pair.getPrivate(), until));
    }

    /** An authority's word for its successor: the same name and key, signed by itself. */
    X509Certificate introduction(Issued authority, X509Certificate successor, Instant until)
            throws GeneralSecurityException {
        Instant ends = authority.certificate().getNotAfter().toInstant();
        return authority(
                x500(successor.getSubjectX500Principal()),
                successor.getPublicKey(),
                x500(authority.certificate().getSubjectX500Principal()),
                authority.key(),
                until.isBefore(ends) ? until : ends);
    }

    private X509Certificate authority(
            X500Name subject, PublicKey subjectKey, X500Name issuer, PrivateKey issuerKey, Instant until)
            throws GeneralSecurityException {
        Instant from = clock.instant().minus(BACKDATED);
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer, serial(), Date.from(from), Date.from(until), subject, subjectKey);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(subjectKey));
        } catch (CertIOException e) {
            throw new GeneralSecurityException("Cannot encode the authority's extensions", e);
        }
        return sign(builder, issuerKey);
    }

    private static X500Name x500(X500Principal name) {
        return X500Name.getInstance(name.getEncoded());
    }

    /**
     * A certificate for a server.
     *
     * @param names DNS names and addresses, the first becomes the common name as well
     * @param life from its beginning to its end; cut where the authority ends
     */
    X509Certificate server(Issued authority, PublicKey key, Collection<String> names, Duration life)
            throws GeneralSecurityException {
        Instant from = clock.instant().minus(BACKDATED);
        Instant until = from.plus(life);
        Instant authorityEnds = authority.certificate().getNotAfter().toInstant();
        X500Principal issuer = authority.certificate().getSubjectX500Principal();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                x500(issuer),
                serial(),
                Date.from(from),
                Date.from(until.isBefore(authorityEnds) ? until : authorityEnds),
                name(names.iterator().next()),
                key);
        JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(names));
            builder.addExtension(Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(key));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    extensions.createAuthorityKeyIdentifier(
                            authority.certificate().getPublicKey()));
        } catch (CertIOException e) {
            throw new GeneralSecurityException("Cannot encode the server certificate's extensions", e);
        }
        return sign(builder, authority.key());
    }

    private static GeneralNames alternativeNames(Collection<String> names) {
        return new GeneralNames(names.stream()
                .map(n -> new GeneralName(
                        HostNames.isAddress(n) ? GeneralName.iPAddress : GeneralName.dNSName, HostNames.canonical(n)))
                .toArray(GeneralName[]::new));
    }

    private static X500Name name(String commonName) {
        String cut = commonName.length() > MAX_COMMON_NAME ? commonName.substring(0, MAX_COMMON_NAME) : commonName;
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, cut).build();
    }

    private BigInteger serial() {
        return new BigInteger(127, random).setBit(126);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("Cannot sign a certificate", e);
        }
    }
}
