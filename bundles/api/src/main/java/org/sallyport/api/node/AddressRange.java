package org.sallyport.api.node;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of IP addresses, {@code 192.0.2.0/24} or {@code 2001:db8::/32}; without a length it is one address. Names are never looked up.
 *
 * @param network its first address, 4 or 16 bytes
 * @param length bits that are the same in all of its addresses
 */
public record AddressRange(byte[] network, int length) {
    private static final Pattern V4 = Pattern.compile("(?:\\d{1,3}\\.){3}\\d{1,3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:]{2,39}(?:(?:\\d{1,3}\\.){3}\\d{1,3})?");
    private static final int LONGEST = 50;

    public AddressRange {
        network = network.clone();
    }

    @Override
    public byte[] network() {
        return network.clone();
    }

    /** Empty for what is no range, and for one whose address has bits behind its length. */
    public static Optional<AddressRange> parse(String text) {
        if (text == null || text.length() > LONGEST) {
            return Optional.empty();
        }
        int slash = text.indexOf('/');
        Optional<byte[]> address = address(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int bits = address.get().length * 8;
        int length = slash < 0 ? bits : length(text.substring(slash + 1));
        if (length < 0 || length > bits) {
            return Optional.empty();
        }
        AddressRange range = new AddressRange(address.get(), length);
        return Arrays.equals(masked(range.network, length), range.network) ? Optional.of(range) : Optional.empty();
    }

    /** Whether that address, in text form, is one of them; false for what is no address. */
    public boolean contains(String text) {
        return address(text)
                .filter(a -> a.length == network.length)
                .filter(a -> Arrays.equals(masked(a, length), network))
                .isPresent();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressRange range && range.length == length && Arrays.equals(range.network, network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + length;
    }

    private static int length(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    }

    private static byte[] masked(byte[] address, int length) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.max(0, Math.min(8, length - 8 * i));
            masked[i] &= (byte) (0xFF << (8 - kept));
        }
        return masked;
    }

    /** Of literal addresses only; one of IPv4 in IPv6's form is the IPv4 one. */
    private static Optional<byte[]> address(String text) {
        String plain = text == null ? "" : text.replaceFirst("%.*$", "");
        if (plain.length() > LONGEST
                || !(V4.matcher(plain).matches() || V6.matcher(plain).matches() && plain.contains(":"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(java.net.InetAddress.getByName(plain).getAddress());
        } catch (java.net.UnknownHostException e) {
            return Optional.empty();
        }
    }
}
