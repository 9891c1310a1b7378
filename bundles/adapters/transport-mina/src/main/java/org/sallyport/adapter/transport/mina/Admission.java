package org.sallyport.adapter.transport.mina;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How many connections there are, in total and of each source: an IPv4 address or an IPv6 network of 64 bits, which is what one
 * subscriber has at hand. Pending is a connection until the first message of its web-socket, for until then its peer has proven
 * nothing. The network thread only.
 *
 * <p>Where pending ones are too many, one that rests between two requests gives way to a new one: nodes ask for their tokens over
 * connections that their libraries keep open, and many nodes may share an address.
 */
final class Admission {
    private static final int NETWORK_BYTES = 8;

    private final Map<ServerConnection, Source> places = new HashMap<>();
    private final Map<String, Source> sources = new HashMap<>();
    private final Set<ServerConnection> pending = new LinkedHashSet<>();
    private final Set<ServerConnection> resting = new LinkedHashSet<>();

    /** Connections of one source. */
    private static final class Source {
        final String name;
        int open;
        final Set<ServerConnection> pending = new LinkedHashSet<>();
        final Set<ServerConnection> resting = new LinkedHashSet<>();

        Source(String name) {
            this.name = name;
        }
    }

    /** The source that an address counts for, in text form. */
    static String source(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address
                ? HexFormat.ofDelimiter(":").formatHex(Arrays.copyOf(bytes, NETWORK_BYTES)) + "/64"
                : address.getHostAddress();
    }

    /** Counts a connection in, as pending; else says which limit is reached. */
    Optional<String> enter(ServerConnection connection, String name, TransportSettings.Caps caps) {
        if (places.size() >= caps.total()) {
            return Optional.of("max.connections");
        }
        Source source = sources.computeIfAbsent(name, Source::new);
        Optional<String> full = full(source, caps);
        if (full.isPresent()) {
            forgetEmpty(source);
            return full;
        }
        // Whoever gave way may have been its last one.
        sources.put(name, source);
        source.open++;
        source.pending.add(connection);
        pending.add(connection);
        places.put(connection, source);
        return full;
    }

    private Optional<String> full(Source source, TransportSettings.Caps caps) {
        if (source.pending.size() >= caps.pendingPerAddress() && !makeRoom(source.resting)) {
            return Optional.of("max.pending.per.address");
        }
        if (source.open >= caps.perAddress()) {
            return Optional.of("max.per.address");
        }
        if (pending.size() >= caps.pending() && !makeRoom(resting)) {
            return Optional.of("max.pending");
        }
        return Optional.empty();
    }

    private boolean makeRoom(Set<ServerConnection> among) {
        Optional<ServerConnection> longest = among.stream().findFirst();
        longest.ifPresent(connection -> {
            leave(connection);
            connection.giveWay();
        });
        return longest.isPresent();
    }

    /** It has been answered and rests, or it works again. */
    void rests(ServerConnection connection, boolean rests) {
        Source source = places.get(connection);
        if (source != null && rests) {
            source.resting.add(connection);
            resting.add(connection);
        } else if (source != null) {
            source.resting.remove(connection);
            resting.remove(connection);
        }
    }

    /** It has sent its first message. */
    void settled(ServerConnection connection) {
        Source source = places.get(connection);
        if (source != null) {
            source.pending.remove(connection);
            pending.remove(connection);
        }
    }

    /** Counts it out; harmless when it is out. */
    void leave(ServerConnection connection) {
        Source source = places.get(connection);
        if (source != null) {
            rests(connection, false);
            settled(connection);
            places.remove(connection);
            source.open--;
            forgetEmpty(source);
        }
    }

    private void forgetEmpty(Source source) {
        if (source.open == 0) {
            sources.remove(source.name);
        }
    }
}
