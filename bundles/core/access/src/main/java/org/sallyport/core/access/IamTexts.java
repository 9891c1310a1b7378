package org.sallyport.core.access;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.Tag;

/** What names, paths and tags may look like, checked before anything is looked up. */
final class IamTexts {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]+");
    private static final Pattern PATH = Pattern.compile("/|/[!-~]+/");
    private static final Pattern PREFIX = Pattern.compile("/[!-~]*");
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
    private static final int LONGEST_PATH = 512;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;
    private static final int LONGEST_DESCRIPTION = 1000;
    static final int MOST_TAGS = 50;

    private IamTexts() {}

    static void name(EntityKind kind, String name) {
        switch (kind) {
            case USER -> name("userName", name, 64);
            case GROUP -> name("groupName", name, 128);
            case ROLE -> name("roleName", name, 64);
            case POLICY -> name("policyName", name, 128);
            case INSTANCE_PROFILE -> name("instanceProfileName", name, 128);
        }
    }

    /** @param parameter AWS's name of it */
    static void name(String parameter, String name, int longest) {
        if (name.isEmpty() || name.length() > longest) {
            throw IamErrors.invalid("The specified value for %s has %d characters; it must have 1 to %d."
                    .formatted(parameter, name.length(), longest));
        }
        if (!NAME.matcher(name).matches()) {
            throw IamErrors.invalid(
                    "The specified value for %s is invalid. It must contain only alphanumeric characters"
                                    .formatted(parameter)
                            + " and/or the following: +=,.@_-");
        }
    }

    static void path(String path) {
        if (path.length() > LONGEST_PATH || !PATH.matcher(path).matches()) {
            throw IamErrors.invalid(
                    "The specified value for path is invalid. It must begin and end with / and contain only"
                            + " printable characters without spaces, 512 at most.");
        }
    }

    static void pathPrefix(String prefix) {
        if (prefix.length() > LONGEST_PATH || !PREFIX.matcher(prefix).matches()) {
            throw IamErrors.invalid(
                    "The specified value for pathPrefix is invalid. It must begin with / and contain only"
                            + " printable characters without spaces, 512 at most.");
        }
    }

    static void description(String description) {
        if (description.length() > LONGEST_DESCRIPTION) {
            throw IamErrors.invalid("The description has %d characters, at most %d are possible."
                    .formatted(description.length(), LONGEST_DESCRIPTION));
        }
    }

    static void tags(List<Tag> tags) {
        Set<String> keys = new HashSet<>();
        for (Tag tag : tags) {
            tagKey(tag.key());
            if (tag.value().length() > LONGEST_VALUE
                    || !TAG.matcher(tag.value()).matches()) {
                throw invalidTag("The value of the tag %s is invalid.".formatted(tag.key()));
            }
            if (!keys.add(EntityTable.key(tag.key()))) {
                throw invalidTag("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
        }
    }

    static void tagKey(String key) {
        if (key.isEmpty() || key.length() > LONGEST_KEY || !TAG.matcher(key).matches()) {
            throw invalidTag("The tag key %s is invalid.".formatted(key.isEmpty() ? "''" : key));
        }
        if (EntityTable.key(key).startsWith("aws:")) {
            throw invalidTag("The tag key %s begins with aws:, which is reserved.".formatted(key));
        }
    }

    private static SallyportException invalidTag(String message) {
        return IamErrors.of(IamError.INVALID_INPUT, message);
    }
}
