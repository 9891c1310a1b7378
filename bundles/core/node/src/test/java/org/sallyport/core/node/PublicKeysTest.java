package org.sallyport.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.node.Errors.assertFails;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.api.node.NodeError;

class PublicKeysTest {

    @ParameterizedTest
    @ValueSource(ints = {2048, 3072, 4096})
    void keysOfUsualSizesAreTakenAndKeptAsTheyAre(int bits) {
        String text = World.publicKey(bits);

        assertThat(PublicKeys.text(PublicKeys.parse("Rsa", text))).isEqualTo(text);
    }

    @Test
    void weakKeysAreRefused() {
        assertFails(NodeError.PUBLIC_KEY_REFUSED, () -> PublicKeys.parse("Rsa", World.publicKey(1024)))
                .contains("1024 bits");
    }

    @Test
    void anotherTypeIsRefused() throws GeneralSecurityException {
        KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
        byte[] der = curve.generateKeyPair().getPublic().getEncoded();

        assertFails(NodeError.PUBLIC_KEY_REFUSED, () -> PublicKeys.parse("Rsa", encode(der)));
        for (String type : new String[] {null, "", "RSA", "Ec"}) {
            assertFails(NodeError.PUBLIC_KEY_REFUSED, () -> PublicKeys.parse(type, World.PUBLIC_KEY));
        }
    }

    @Test
    void bytesBehindOrInsideTheKeyAreRefused() {
        byte[] der = Base64.getDecoder().decode(World.PUBLIC_KEY);
        byte[] longer = Arrays.copyOf(der, der.length + 1);
        byte[] shorter = Arrays.copyOf(der, der.length - 1);

        assertFails(NodeError.PUBLIC_KEY_REFUSED, () -> PublicKeys.parse("Rsa", encode(longer)));
        assertFails(NodeError.PUBLIC_KEY_REFUSED, () -> PublicKeys.parse("Rsa", encode(shorter)));
    }

    @Test
    void whatIsNoKeyIsRefused() {
        for (String text : new String[] {
            null, "", "%", "bm8ga2V5", World.PUBLIC_KEY + "\n", "A".repeat(1028), "A".repeat(2_000_000)
        }) {
            assertFails(NodeError.PUBLIC_KEY_REFUSED, () -> PublicKeys.parse("Rsa", text));
        }
    }

    private static String encode(byte[] der) {
        return Base64.getEncoder().encodeToString(der);
    }
}
