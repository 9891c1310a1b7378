package org.sallyport.core.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

/** Pages that begin behind the key in a marker. */
final class Markers {
    private static final int LONGEST = 2048;

    private Markers() {}

    /** The key that the page begins behind; empty text for the first one. */
    static String after(PageRequest page) {
        if (page.token().isEmpty()) {
            return "";
        }
        String token = page.token().get();
        try {
            if (token.length() <= LONGEST) {
                return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            }
        } catch (IllegalArgumentException e) {
            throw new SallyportException(IamError.INVALID_MARKER, "Invalid Marker.", e);
        }
        throw IamErrors.of(IamError.INVALID_MARKER, "Invalid Marker.");
    }

    /** How many rows to read: one more than fit, to know whether there is another page. */
    static int rows(PageRequest page) {
        return page.maxItems() + 1;
    }

    /**
     * A page of what was read.
     *
     * @param key what the next page begins behind
     */
    static <R, T> Page<T> page(List<R> rows, PageRequest page, Function<R, String> key, Function<R, T> item) {
        boolean more = rows.size() > page.maxItems();
        List<R> shown = more ? rows.subList(0, page.maxItems()) : rows;
        return new Page<>(
                shown.stream().map(item).toList(),
                more ? Optional.of(token(key.apply(shown.get(shown.size() - 1)))) : Optional.empty());
    }

    /** A page of a list that is in memory as a whole, in the order of its keys. */
    static <R, T> Page<T> cut(List<R> all, PageRequest page, Function<R, String> key, Function<R, T> item) {
        String after = after(page);
        List<R> rest = all.stream()
                .filter(row -> key.apply(row).compareTo(after) > 0)
                .limit(rows(page))
                .toList();
        return page(rest, page, key, item);
    }

    private static String token(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}
