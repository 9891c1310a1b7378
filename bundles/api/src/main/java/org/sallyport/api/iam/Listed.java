package org.sallyport.api.iam;

import org.sallyport.api.page.PageRequest;

/**
 * Which part of a list of IAM is wanted.
 *
 * @param pathPrefix {@code /} for all
 * @param namePart what the name has in it, whatever its case; empty text for all. IAM on the wire has no such search
 * @param page at most 1,000 items; the token is IAM's {@code Marker}, paging is by key, without case
 */
public record Listed(String pathPrefix, String namePart, PageRequest page) {
    /** Whatever its name. */
    public Listed(String pathPrefix, PageRequest page) {
        this(pathPrefix, "", page);
    }

    /** Whatever its path. */
    public static Listed all(PageRequest page) {
        return new Listed("/", page);
    }
}
