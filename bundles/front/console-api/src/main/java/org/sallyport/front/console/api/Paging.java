package org.sallyport.front.console.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

/** Lists as this API has them. */
final class Paging {
    private static final int DEFAULT_ITEMS = 50;
    private static final int MOST_ITEMS = 100;

    private Paging() {}

    /** @param max as given, null for the default */
    static PageRequest request(Integer max, String next) {
        int items = max == null ? DEFAULT_ITEMS : max;
        if (items < 1 || items > MOST_ITEMS) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT, "max must be 1 to %d, was %d.".formatted(MOST_ITEMS, items));
        }
        return new PageRequest(items, Optional.ofNullable(next).filter(text -> !text.isEmpty()));
    }

    static <T, R> Listing<R> listing(Page<T> page, Function<T, R> view) {
        List<R> items = page.items().stream().map(view).toList();
        return new Listing<>(items, page.nextToken().orElse(null));
    }
}
