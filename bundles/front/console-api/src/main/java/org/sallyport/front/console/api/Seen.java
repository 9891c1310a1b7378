package org.sallyport.front.console.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.sallyport.api.page.Page;

/**
 * What a list held when it was last looked at, as far as it is kept: 2000 things. Of a longer list it is not known what changed. One thread
 * at a time.
 */
final class Seen<T> {
    private static final int MOST = 2_000;

    private final Function<Optional<String>, Page<T>> list;
    private final Function<T, String> id;
    private final Function<T, String> state;
    private Map<String, String> states = Map.of();
    private boolean beyond;

    Seen(Function<Optional<String>, Page<T>> list, Function<T, String> id, Function<T, String> state) {
        this.list = list;
        this.id = id;
        this.state = state;
    }

    /** Looks again; ids of what is new, gone or in another state. */
    Set<String> look() {
        Map<String, String> now = new HashMap<>();
        Optional<String> next = Optional.empty();
        do {
            Page<T> page = list.apply(next);
            page.items().forEach(item -> now.put(id.apply(item), state.apply(item)));
            next = page.nextToken();
        } while (next.isPresent() && now.size() < MOST);
        beyond = next.isPresent();
        Set<String> changed = new TreeSet<>();
        now.forEach((key, value) -> {
            if (!value.equals(states.get(key))) {
                changed.add(key);
            }
        });
        states.keySet().stream().filter(key -> !now.containsKey(key)).forEach(changed::add);
        states = now;
        return changed;
    }

    /** Whether the list was too long to be kept. */
    boolean beyond() {
        return beyond;
    }
}
