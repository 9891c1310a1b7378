package org.sallyport.adapter.policy.iam.condition;

import java.util.Optional;

/** An address in text form, read strictly: no names, zones, octal numbers or missing parts. IPv4 is kept as ::ffff:a.b.c.d. */
record IpAddress(long high, long low) {
    private static final long MAPPED = 0xFFFF_0000_0000L;
    private static final int GROUPS = 8;

    boolean isIpv4() {
        return high == 0 && low >>> 32 == MAPPED >>> 32;
    }

    static Optional<IpAddress> read(String text) {
        if (text.indexOf(':') < 0) {
            long four = dotted(text);
            return four < 0 ? Optional.empty() : Optional.of(new IpAddress(0, MAPPED | four));
        }
        return colons(text);
    }

    private static long dotted(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return -1;
        }
        long address = 0;
        for (String part : parts) {
            int number = part.length() > 3 ? -1 : number(part, 10);
            if (number < 0 || number > 255 || part.length() > 1 && part.charAt(0) == '0') {
                return -1;
            }
            address = address << 8 | number;
        }
        return address;
    }

    private static Optional<IpAddress> colons(String text) {
        int gap = text.indexOf("::");
        int[] groups = new int[GROUPS];
        if (gap < 0) {
            return fill(text, groups, 0) == GROUPS ? Optional.of(of(groups)) : Optional.empty();
        }
        int[] tail = new int[GROUPS];
        int before = gap == 0 ? 0 : fill(text.substring(0, gap), groups, 0);
        String rest = text.substring(gap + 2);
        int after = rest.isEmpty() ? 0 : fill(rest, tail, 0);
        if (before < 0 || after < 0 || before + after >= GROUPS) {
            return Optional.empty();
        }
        System.arraycopy(tail, 0, groups, GROUPS - after, after);
        return Optional.of(of(groups));
    }

    /** Reads groups between colons, the last of which may be an IPv4 address; their number, or -1. */
    private static int fill(String text, int[] groups, int from) {
        String[] parts = text.split(":", -1);
        int count = from;
        for (int i = 0; i < parts.length; i++) {
            boolean dots = i == parts.length - 1 && parts[i].indexOf('.') >= 0;
            long value = dots ? dotted(parts[i]) : parts[i].length() > 4 ? -1 : number(parts[i], 16);
            if (value < 0 || count + (dots ? 2 : 1) > GROUPS) {
                return -1;
            }
            if (dots) {
                groups[count++] = (int) (value >> 16);
            }
            groups[count++] = (int) (value & 0xFFFF);
        }
        return count;
    }

    private static int number(String digits, int radix) {
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) < 128 ? Character.digit(digits.charAt(i), radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return digits.isEmpty() ? -1 : value;
    }

    private static IpAddress of(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < GROUPS / 2; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[i + GROUPS / 2];
        }
        return new IpAddress(high, low);
    }
}
