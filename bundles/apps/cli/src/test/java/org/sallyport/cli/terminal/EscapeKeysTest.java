package org.sallyport.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapeKeysTest {
    private final EscapeKeys escape = new EscapeKeys();

    /** Reads are separated by {@code |}; E stands for Enter. */
    @ParameterizedTest
    @CsvSource({
        "~., '', true",
        "~|., '', true",
        "lsE~., lsE, true",
        "lsE|~|., lsE, true",
        "lsE~.rm, lsE, true",
        "ls~., ls~., false",
        "~~., ~., false",
        "~|~|., ~., false",
        "~x., ~x., false",
        "~E~., ~E, true",
        "E~~E~., E~E, true",
        "cd ~/.sshE, cd ~/.sshE, false",
        "~, '', false"
    })
    void findsTheEscapeAtTheStartOfALineOnly(String reads, String sent, boolean leaves) {
        StringBuilder out = new StringBuilder();
        boolean left = false;
        for (String read : reads.replace('E', '\r').split("\\|")) {
            byte[] bytes = read.getBytes(StandardCharsets.US_ASCII);
            EscapeKeys.Keys keys = escape.typed(bytes, bytes.length);
            out.append(new String(keys.bytes(), StandardCharsets.US_ASCII));
            left |= keys.leave();
        }

        assertThat(out.toString().replace('\r', 'E')).isEqualTo(sent);
        assertThat(left).isEqualTo(leaves);
    }

    @Test
    void passesEveryOtherByteAsItIs() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }

        assertThat(escape.typed(all, all.length).bytes()).isEqualTo(all);
    }

    @Test
    void looksOnlyAtWhatWasRead() {
        assertThat(escape.typed(new byte[] {'a', '\r', '~', '.'}, 2).bytes()).containsExactly('a', '\r');
    }
}
