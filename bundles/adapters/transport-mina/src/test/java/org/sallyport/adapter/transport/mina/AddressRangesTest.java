package org.sallyport.adapter.transport.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangesTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.7, 10.0.0.7, true",
        "10.0.0.7, 10.0.0.8, false",
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.128/25, 10.0.0.127, false",
        "0.0.0.0/0, 192.0.2.1, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::ffff:10.0.0.1, 10.0.0.1, true"
    })
    void holdsWhatItsLeadingBitsSay(String range, String address, boolean holds) throws Exception {
        assertThat(AddressRanges.parse(List.of(range)).contains(InetAddress.getByName(address)))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "10.0.0",
                "10.0.0.256",
                "10.0.0.1/33",
                "10.0.0.1/",
                "10.0.0.1/8/8",
                "::1/129",
                "fe80::1%lo",
                ":",
                "-1.0.0.0"
            })
    void namesAndMalformedAddressesAreRefusedUnresolved(String text) {
        assertThatThrownBy(() -> AddressRanges.parse(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @Test
    void emptyEntriesAreNoneAndTooManyAreRefused() throws Exception {
        assertThat(AddressRanges.parse(List.of(" ", "")).contains(InetAddress.getLoopbackAddress()))
                .isFalse();
        assertThatThrownBy(() -> AddressRanges.parse(Collections.nCopies(257, "::1")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
