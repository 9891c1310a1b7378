package org.sallyport.front.enrol;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.edge.TlsIdentity;

/** Offers of a server at a made-up address. */
final class Offers {
    static final String FINGERPRINT = "0a".repeat(32);
    static final String ID = "01234567-89ab-cdef-0123-456789abcdef";

    private Offers() {}

    static EnrolmentOffer of(Path... folders) {
        return new EnrolmentOffer(List.of(folders), address("https://sally.example"), new Tls());
    }

    static ServerAddress address(String api) {
        return new Address(URI.create(api));
    }

    private record Address(URI api) implements ServerAddress {
        @Override
        public String region() {
            return "onprem-1";
        }

        @Override
        public String accountId() {
            return "123456789012";
        }

        @Override
        public URI channel() {
            return URI.create("wss://sally.example:8444");
        }
    }

    private static final class Tls implements TlsIdentity {
        @Override
        public SSLContext serverContext() {
            throw new UnsupportedOperationException("nothing listens here");
        }

        @Override
        public String caFingerprint() {
            return FINGERPRINT;
        }

        @Override
        public String caPem() {
            return "the authority\n";
        }
    }
}
