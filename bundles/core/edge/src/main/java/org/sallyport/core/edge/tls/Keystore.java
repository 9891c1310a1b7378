package org.sallyport.core.edge.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/** The server's certificate in the forms that listeners take: an {@link SSLContext}, and a PKCS #12 file for the web server. */
public final class Keystore {
    private static final String PASSWORD = "keystore.password";
    private static final String ALIAS = "server";

    private Keystore() {}

    /** A file and what opens it. {@code toString} hides the password. */
    public record File(Path path, String password) {
        @Override
        public String toString() {
            return "File[" + path + "]";
        }
    }

    /** TLS 1.2 and 1.3; the whole chain is sent. */
    public static SSLContext context(ServerCertificate certificate) {
        char[] password = new char[0];
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(keyStore(certificate, password), password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new SallyportException(CommonError.INTERNAL, "TLS cannot be set up", e);
        }
    }

    /**
     * Writes the file for the web server. Its name carries the certificate's fingerprint, so that a configuration that names it
     * changes when the certificate does; files of earlier certificates are removed.
     */
    public static File write(TlsFiles files, ServerCertificate certificate) {
        String name = "api-" + ServerCertificate.fingerprint(certificate.leaf()).substring(0, 16) + ".p12";
        String password = files.readPrivate(PASSWORD)
                .map(p -> new String(p, StandardCharsets.US_ASCII).trim())
                .orElseGet(() -> newPassword(files));
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            keyStore(certificate, password.toCharArray()).store(content, password.toCharArray());
        } catch (GeneralSecurityException | IOException e) {
            throw new SallyportException(CommonError.INTERNAL, "The web server's key store cannot be made", e);
        }
        files.write(name, content.toByteArray(), TlsFiles.PRIVATE);
        removeOthers(files.path(name));
        return new File(files.path(name), password);
    }

    private static String newPassword(TlsFiles files) {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().encodeToString(random);
        files.write(PASSWORD, password.getBytes(StandardCharsets.US_ASCII), TlsFiles.PRIVATE);
        return password;
    }

    private static void removeOthers(Path kept) {
        try (Stream<Path> all = Files.list(kept.getParent())) {
            List<Path> old = all.filter(f -> f.getFileName().toString().matches("api-[0-9a-f]{16}\\.p12"))
                    .filter(f -> !f.equals(kept))
                    .toList();
            for (Path file : old) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new SallyportException(
                    CommonError.INTERNAL, "Key stores of earlier certificates in " + kept.getParent() + " stay", e);
        }
    }

    private static KeyStore keyStore(ServerCertificate certificate, char[] password)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                ALIAS, certificate.key(), password, certificate.chain().toArray(Certificate[]::new));
        return store;
    }
}
