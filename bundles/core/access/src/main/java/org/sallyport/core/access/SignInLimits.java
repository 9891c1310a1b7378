package org.sallyport.core.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.error.SallyportException;

/**
 * How often signing in may fail: for each source, for each pair of user and source, and for each user over all sources. A source from which
 * a user signed in before does not share the last of these with others, so that who guesses at a user from elsewhere cannot keep that user
 * out. Codes of the second factor are counted apart and more strictly. In memory, bounded; a restart forgets it. Any thread.
 */
final class SignInLimits {
    private static final int MOST_KEYS = 8192;
    private static final int MAX_NAME = 64;
    private static final int NETWORK_BYTES = 8;
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private final TryLimit bySource;
    private final TryLimit byPair;
    private final TryLimit byUser;
    private final TryLimit codes;
    private final Set<String> known = new LinkedHashSet<>();

    SignInLimits(Clock clock) {
        bySource = new TryLimit(30, Duration.ofSeconds(2), MOST_KEYS, clock);
        byPair = new TryLimit(8, Duration.ofSeconds(10), MOST_KEYS, clock);
        byUser = new TryLimit(60, Duration.ofSeconds(1), MOST_KEYS, clock);
        codes = new TryLimit(5, Duration.ofSeconds(60), MOST_KEYS, clock);
    }

    /** Makes a try with a password; it counts when it throws. Throws {@code TOO_MANY_TRIES} instead of making it. */
    <T> T password(String userName, String source, Supplier<T> work) {
        String user = userName.substring(0, Math.min(MAX_NAME, userName.length()));
        String network = network(source);
        String pair = network + " " + user;
        if (!bySource.take(network)) {
            throw tooMany();
        }
        if (!byPair.take(pair)) {
            throw tooMany();
        }
        boolean shared = !isKnown(pair);
        if (shared && !byUser.take(user)) {
            throw tooMany();
        }
        T result;
        try {
            result = work.get();
        } catch (SallyportException e) {
            if (e.code() != AccessError.CREDENTIAL_REJECTED) {
                giveBack(network, pair, user, shared);
            }
            throw e;
        }
        giveBack(network, pair, user, shared);
        return result;
    }

    /** Makes a try with a code; it counts when the result is false. */
    boolean code(String userId, String source, Supplier<Boolean> work) {
        String pair = network(source) + " " + userId;
        String key = isKnown(pair) ? pair : userId;
        if (!codes.take(key)) {
            throw tooMany();
        }
        boolean right = work.get();
        if (right) {
            codes.giveBack(key);
        }
        return right;
    }

    /** Remembers that a user signed in from there, password and code and all. */
    void signedIn(String userName, String userId, String source) {
        String network = network(source);
        synchronized (known) {
            remember(network + " " + userName);
            remember(network + " " + userId);
        }
    }

    private void remember(String pair) {
        known.remove(pair);
        known.add(pair);
        if (known.size() > MOST_KEYS) {
            known.remove(known.iterator().next());
        }
    }

    private boolean isKnown(String pair) {
        synchronized (known) {
            return known.contains(pair);
        }
    }

    private void giveBack(String network, String pair, String user, boolean shared) {
        bySource.giveBack(network);
        byPair.giveBack(pair);
        if (shared) {
            byUser.giveBack(user);
        }
    }

    /** An IPv6 source counts by its network of 64 bits, since each has as many addresses as it likes. */
    private static String network(String source) {
        if (!ADDRESS.matcher(source).matches()) {
            return "unknown";
        }
        try {
            InetAddress address = InetAddress.getByName(source);
            return address instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
                    : address.getHostAddress();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    private static SallyportException tooMany() {
        return new SallyportException(
                AccessError.TOO_MANY_TRIES, "Signing in failed too often; wait a minute and try again.");
    }
}
