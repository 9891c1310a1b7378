package org.sallyport.adapter.policy.iam.condition;

import java.util.Optional;
import org.sallyport.adapter.policy.iam.request.Context;

/**
 * An address or a block of addresses. Never asks a name server. An IPv4 address in IPv6 form (::ffff:a.b.c.d) is the IPv4 address; an IPv4
 * block holds no IPv6 address and the other way round.
 *
 * @param address sixteen bytes as two numbers; IPv4 in the form ::ffff:a.b.c.d
 * @param bits how many of the 128 bits count
 */
record IpRange(IpAddress address, int bits) implements Comparison {
    private static final int MAX_CHARS = 64;
    private static final int MAPPED = 96;

    /** Reads an address, or an address, a slash and the number of bits. */
    static Optional<IpRange> read(String text) {
        if (text.length() > MAX_CHARS) {
            return Optional.empty();
        }
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        return IpAddress.read(host).flatMap(address -> {
            boolean dotted = host.indexOf(':') < 0;
            int most = dotted ? 32 : 128;
            int bits = slash < 0 ? most : prefix(text.substring(slash + 1));
            if (bits < 0 || bits > most) {
                return Optional.empty();
            }
            return Optional.of(new IpRange(address, dotted ? MAPPED + bits : bits));
        });
    }

    private static int prefix(String digits) {
        if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return Integer.parseInt(digits);
    }

    @Override
    public boolean matches(String value, Context context) {
        return value.length() <= MAX_CHARS
                && IpAddress.read(value).filter(this::holds).isPresent();
    }

    private boolean holds(IpAddress other) {
        // a block wider than all of IPv4 is one of IPv6 and holds no IPv4 address
        if (bits < MAPPED && other.isIpv4()) {
            return false;
        }
        long highMask = bits == 0 ? 0 : -1L << Math.max(0, 64 - bits);
        long lowMask = bits <= 64 ? 0 : -1L << 128 - bits;
        return ((address.high() ^ other.high()) & highMask) == 0 && ((address.low() ^ other.low()) & lowMask) == 0;
    }
}
