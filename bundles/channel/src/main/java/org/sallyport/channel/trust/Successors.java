package org.sallyport.channel.trust;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds in a server's chain the authority that shall follow a trusted one. It is there twice: signed by itself, which is what will be
 * believed, and signed by a trusted authority, which is why. An intermediate certificate of an operator is there once and never taken.
 */
final class Successors {
    private static final int KEY_CERT_SIGN = 5;

    private Successors() {}

    /** Self-signed certificates of successors that are not trusted yet. */
    static List<X509Certificate> in(X509Certificate[] chain, List<X509Certificate> trusted) {
        List<X509Certificate> found = new ArrayList<>();
        for (X509Certificate candidate : chain) {
            boolean introduced = mayRule(candidate)
                    && signed(candidate, candidate)
                    && !trusted.contains(candidate)
                    && Arrays.stream(chain).anyMatch(other -> introduces(other, candidate, trusted));
            if (introduced) {
                found.add(candidate);
            }
        }
        return found;
    }

    private static boolean introduces(X509Certificate cross, X509Certificate candidate, List<X509Certificate> trusted) {
        return mayRule(cross)
                && cross.getSubjectX500Principal().equals(candidate.getSubjectX500Principal())
                && cross.getPublicKey().equals(candidate.getPublicKey())
                && trusted.stream().anyMatch(authority -> signed(cross, authority));
    }

    private static boolean mayRule(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        try {
            certificate.checkValidity();
        } catch (GeneralSecurityException e) {
            return false;
        }
        return certificate.getBasicConstraints() >= 0 && usage != null && usage[KEY_CERT_SIGN];
    }

    private static boolean signed(X509Certificate certificate, X509Certificate by) {
        if (!certificate.getIssuerX500Principal().equals(by.getSubjectX500Principal())) {
            return false;
        }
        try {
            by.checkValidity();
            certificate.verify(by.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
