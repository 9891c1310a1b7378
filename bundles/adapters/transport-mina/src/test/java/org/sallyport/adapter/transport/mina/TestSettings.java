package org.sallyport.adapter.transport.mina;

import java.time.Duration;
import java.util.List;

/** Settings for tests: no deadline and no limit matters but those that a test sets. */
final class TestSettings {
    static final Duration LONG = Duration.ofSeconds(60);

    private int port;
    private Duration handshake = LONG;
    private Duration request = LONG;
    private Duration idle = LONG;
    private Duration firstMessage = LONG;
    private Duration message = LONG;
    private Duration ping = LONG;
    private Duration silence = LONG.multipliedBy(2);
    private int total = 10_000;
    private int perAddress = 10_000;
    private int pending = 10_000;
    private int pendingPerAddress = 10_000;
    private int workers = 4;
    private List<String> proxies = List.of();

    TestSettings port(int number) {
        port = number;
        return this;
    }

    TestSettings handshake(Duration time) {
        handshake = time;
        return this;
    }

    TestSettings request(Duration time) {
        request = time;
        return this;
    }

    TestSettings idle(Duration time) {
        idle = time;
        return this;
    }

    TestSettings firstMessage(Duration time) {
        firstMessage = time;
        return this;
    }

    TestSettings message(Duration time) {
        message = time;
        return this;
    }

    TestSettings silence(Duration pings, Duration longest) {
        ping = pings;
        silence = longest;
        return this;
    }

    TestSettings open(int inTotal, int ofOneAddress) {
        total = inTotal;
        perAddress = ofOneAddress;
        return this;
    }

    TestSettings pending(int inTotal, int ofOneAddress) {
        pending = inTotal;
        pendingPerAddress = ofOneAddress;
        return this;
    }

    TestSettings workers(int count) {
        workers = count;
        return this;
    }

    TestSettings proxies(String... from) {
        proxies = List.of(from);
        return this;
    }

    TransportSettings get() {
        return new TransportSettings(
                "127.0.0.1",
                port,
                new TransportSettings.Deadlines(handshake, request, idle, firstMessage, message, ping, silence),
                new TransportSettings.Caps(total, perAddress, pending, pendingPerAddress),
                AddressRanges.parse(proxies),
                workers);
    }
}
