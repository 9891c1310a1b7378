package org.sallyport.test.bench.fleet;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** RSA keys of 2048 bits, as the real agent makes them, one for each node. Making them is the nodes' cost, so they are kept from run to run. */
final class FleetKeys {
    private static final int BITS = 2048;

    private FleetKeys() {}

    /** So many from the file, to which missing ones are added. */
    static List<KeyPair> of(Path file, int count) throws IOException {
        List<KeyPair> keys = new ArrayList<>();
        if (Files.exists(file)) {
            try (DataInputStream in =
                    new DataInputStream(new java.io.BufferedInputStream(Files.newInputStream(file)))) {
                while (keys.size() < count && in.available() > 0) {
                    keys.add(read(in));
                }
            }
        }
        if (keys.size() < count) {
            Files.createDirectories(file.getParent());
            System.err.println("Making " + (count - keys.size()) + " keys ...");
            List<KeyPair> made = IntStream.range(keys.size(), count)
                    .parallel()
                    .mapToObj(i -> next())
                    .toList();
            try (DataOutputStream out = new DataOutputStream(new java.io.BufferedOutputStream(
                    Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)))) {
                for (KeyPair key : made) {
                    write(out, key.getPrivate().getEncoded());
                    write(out, key.getPublic().getEncoded());
                }
            }
            keys.addAll(made);
        }
        return keys;
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    private static KeyPair read(DataInputStream in) throws IOException {
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            byte[] secret = in.readNBytes(in.readUnsignedShort());
            byte[] open = in.readNBytes(in.readUnsignedShort());
            return new KeyPair(
                    factory.generatePublic(new X509EncodedKeySpec(open)),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(secret)));
        } catch (GeneralSecurityException e) {
            throw new IOException("the file of keys is damaged; delete it", e);
        }
    }

    private static KeyPair next() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
