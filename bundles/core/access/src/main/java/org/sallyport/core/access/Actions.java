package org.sallyport.core.access;

import java.util.Locale;

/** IAM's names of actions, which are equal without regard to case. */
final class Actions {
    static final String GET_CALLER_IDENTITY = "sts:getcalleridentity";

    private Actions() {}

    static String key(String action) {
        return action.toLowerCase(Locale.ROOT);
    }
}
