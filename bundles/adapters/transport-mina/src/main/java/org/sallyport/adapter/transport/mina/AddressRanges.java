package org.sallyport.adapter.transport.mina;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/** Addresses and networks ({@code 10.0.0.7}, {@code 10.0.0.0/8}, {@code fd00::/8}), never names: a resolver decides about no trust. */
record AddressRanges(List<Range> ranges) {
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern ADDRESS =
            Pattern.compile("(?:" + OCTET + "\\.){3}" + OCTET + "|[0-9a-fA-F.]{0,45}:[0-9a-fA-F.:]{0,45}");
    private static final int MAX_RANGES = 256;

    /** @param bits how many leading bits count */
    record Range(InetAddress network, int bits) {
        private boolean holds(byte[] address) {
            byte[] wanted = network.getAddress();
            if (wanted.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((wanted[bit / 8] & mask) != (address[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    AddressRanges {
        ranges = List.copyOf(ranges);
    }

    static AddressRanges none() {
        return new AddressRanges(List.of());
    }

    /** @throws IllegalArgumentException one is neither an address nor a network */
    static AddressRanges parse(List<String> texts) {
        List<String> given = texts.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
        if (given.size() > MAX_RANGES) {
            throw new IllegalArgumentException("at most " + MAX_RANGES + " entries");
        }
        return new AddressRanges(given.stream().map(AddressRanges::range).toList());
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ranges.stream().anyMatch(range -> range.holds(bytes));
    }

    private static Range range(String text) {
        String[] parts = text.split("/", -1);
        InetAddress network = parts.length > 2 ? null : address(parts[0]);
        if (network == null) {
            throw new IllegalArgumentException("'" + text + "' is neither an IP address nor a network as 10.0.0.0/8");
        }
        int most = network.getAddress().length * 8;
        if (parts.length == 1) {
            return new Range(network, most);
        }
        if (!parts[1].matches("[0-9]{1,3}") || Integer.parseInt(parts[1]) > most) {
            throw new IllegalArgumentException("'" + text + "': the prefix must be 0 to " + most);
        }
        return new Range(network, Integer.parseInt(parts[1]));
    }

    /** An address in text form, never looked up; null when it is none. */
    static InetAddress address(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
