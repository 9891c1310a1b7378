package org.sallyport.front.aws;

import java.net.URI;
import org.sallyport.api.edge.ServerAddress;

final class FakeAddress implements ServerAddress {
    @Override
    public String region() {
        return "onprem-1";
    }

    @Override
    public String accountId() {
        return "000000000000";
    }

    @Override
    public URI api() {
        return URI.create("https://gate.example.org:8443");
    }

    @Override
    public URI channel() {
        return URI.create("wss://gate.example.org:8444");
    }
}
