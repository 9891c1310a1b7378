package org.sallyport.front.aws;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The members of an answer, in order. Not for use by several threads. */
public final class Output {
    private final Map<String, Object> members = new LinkedHashMap<>();

    private Output() {}

    public static Output empty() {
        return new Output();
    }

    public Output with(String member, String value) {
        members.put(member, value);
        return this;
    }

    public Output with(String member, boolean value) {
        members.put(member, value);
        return this;
    }

    public Output with(String member, int value) {
        members.put(member, value);
        return this;
    }

    /** As seconds since 1970 with milliseconds. */
    public Output with(String member, Instant value) {
        members.put(member, BigDecimal.valueOf(value.toEpochMilli(), 3));
        return this;
    }

    public Output with(String member, Output value) {
        members.put(member, value.members());
        return this;
    }

    public <T> Output with(String member, List<T> items, Function<T, Output> each) {
        members.put(member, items.stream().map(each).map(Output::members).toList());
        return this;
    }

    public Output withTexts(String member, List<String> items) {
        members.put(member, List.copyOf(items));
        return this;
    }

    /** A map of numbers or texts, in its order. */
    public Output withMap(String member, Map<String, ?> entries) {
        members.put(member, Collections.unmodifiableMap(new LinkedHashMap<>(entries)));
        return this;
    }

    /** Leaves the member out when there is no item. */
    public <T> Output withAny(String member, List<T> items, Function<T, Output> each) {
        return items.isEmpty() ? this : with(member, items, each);
    }

    /** Leaves the member out when there is no value. */
    public Output withOutput(String member, Optional<Output> value) {
        value.ifPresent(structure -> with(member, structure));
        return this;
    }

    /** Leaves the member out when there is no value, and when the text is empty. */
    public Output withText(String member, Optional<String> value) {
        value.filter(text -> !text.isEmpty()).ifPresent(text -> with(member, text));
        return this;
    }

    /** Leaves the member out when there is no value. */
    public Output withTime(String member, Optional<Instant> value) {
        value.ifPresent(time -> with(member, time));
        return this;
    }

    /** Texts, booleans, numbers, lists and maps of these. */
    public Map<String, Object> members() {
        return Collections.unmodifiableMap(members);
    }
}
