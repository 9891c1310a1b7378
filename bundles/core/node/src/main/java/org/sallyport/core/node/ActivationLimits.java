package org.sallyport.core.node;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.Activations.Filter;
import org.sallyport.api.node.Activations.NewActivation;
import org.sallyport.api.node.AddressRange;

/** What an activation may hold. All failures are {@code INVALID_ARGUMENT} and say the limit. */
final class ActivationLimits {
    private static final Duration DEFAULT_LIFE = Duration.ofHours(24);
    private static final Duration LONGEST_LIFE = Duration.ofDays(30);
    private static final int MOST_NODES = 1000;
    private static final int TEXT = 256;
    private static final int SOURCES = 20;
    private static final int FILTERS = 10;
    private static final int VALUES = 100;
    private static final Pattern ROLE = Pattern.compile("[\\w+=,.@-]{1,64}");
    private static final Set<String> FILTER_KEYS = Set.of("ActivationIds", "DefaultInstanceName", "IamRole");

    private ActivationLimits() {}

    /** Returns when it is to expire. */
    static Instant check(NewActivation wanted, Instant now) {
        checkText("description", wanted.description(), TEXT);
        wanted.defaultInstanceName().ifPresent(name -> checkText("default instance name", name, TEXT));
        if (!ROLE.matcher(wanted.role()).matches()) {
            throw invalid("The role is named by 1 to 64 letters, digits and +=,.@_-, without its path.");
        }
        if (wanted.limit() < 1 || wanted.limit() > MOST_NODES) {
            throw invalid("The registration limit is 1 to " + MOST_NODES + ", not " + wanted.limit() + ".");
        }
        TagRules.check(wanted.tags());
        if (wanted.tags().size() > TagRules.MOST) {
            throw invalid("At most %d tags are taken, here are %d."
                    .formatted(TagRules.MOST, wanted.tags().size()));
        }
        checkSources(wanted.options().sources());
        Instant expires = wanted.expires().orElse(now.plus(DEFAULT_LIFE));
        if (!expires.isAfter(now)) {
            throw invalid("The activation would expire at " + expires + ", which is not in the future.");
        }
        if (expires.isAfter(now.plus(LONGEST_LIFE))) {
            throw invalid("The activation would expire at " + expires + "; it may live 30 days at most.");
        }
        return expires;
    }

    static void check(List<Filter> filters) {
        if (filters.size() > FILTERS) {
            throw invalid("At most " + FILTERS + " filters are taken, here are " + filters.size() + ".");
        }
        for (Filter filter : filters) {
            if (!FILTER_KEYS.contains(filter.key())) {
                throw invalid("There is no filter " + NodeText.clean(filter.key())
                        + "; use ActivationIds, DefaultInstanceName or IamRole.");
            }
            if (filter.values().isEmpty() || filter.values().size() > VALUES) {
                throw invalid("The filter %s needs 1 to %d values.".formatted(filter.key(), VALUES));
            }
        }
    }

    private static void checkSources(List<String> sources) {
        if (sources.size() > SOURCES) {
            throw invalid("At most " + SOURCES + " ranges of addresses are taken, here are " + sources.size() + ".");
        }
        for (String source : sources) {
            if (AddressRange.parse(source).isEmpty()) {
                throw invalid("%s is no range of addresses; write them like 192.0.2.0/24 or 2001:db8::/32."
                        .formatted(NodeText.clean(source)));
            }
        }
    }

    private static void checkText(String what, String text, int most) {
        if (text.length() > most) {
            throw invalid("The %s has %d characters; %d at most.".formatted(what, text.length(), most));
        }
        if (!NodeText.clean(text).equals(text)) {
            throw invalid("The " + what + " has control characters; leave them out.");
        }
    }

    private static SallyportException invalid(String message) {
        return new SallyportException(CommonError.INVALID_ARGUMENT, message);
    }
}
