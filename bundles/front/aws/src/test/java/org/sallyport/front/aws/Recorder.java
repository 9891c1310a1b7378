package org.sallyport.front.aws;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A service that answers what it is told to, and keeps what it was asked. */
final class Recorder<T> {
    /** A call of a method. */
    record Asked(String method, List<Object> arguments) {
        /** By the caller that the verifier knows. */
        static Asked byCaller(String method, Object... arguments) {
            List<Object> all = new ArrayList<>(List.of(arguments));
            all.add(0, KnownKeyVerifier.CALLER);
            return new Asked(method, all);
        }
    }

    private final T service;
    private final Map<String, Object> answers = new HashMap<>();
    private Asked last;
    private RuntimeException refusal;

    private Recorder(Class<T> type) {
        service = type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> asked(method, arguments)));
    }

    static <T> Recorder<T> of(Class<T> type) {
        return new Recorder<>(type);
    }

    Recorder<T> answering(String method, Object answer) {
        answers.put(method, answer);
        return this;
    }

    void refuse(RuntimeException failure) {
        refusal = failure;
    }

    T service() {
        return service;
    }

    /** What was asked last. */
    Asked last() {
        return last;
    }

    private Object asked(Method method, Object[] arguments) {
        // a password is wiped afterwards
        last = new Asked(
                method.getName(),
                new ArrayList<>(Stream.of(arguments)
                        .map(argument -> argument instanceof char[] secret ? new String(secret) : argument)
                        .toList()));
        if (refusal != null) {
            throw refusal;
        }
        if (method.getReturnType() == void.class) {
            return null;
        }
        Object answer = answers.get(method.getName());
        if (answer == null) {
            throw new AssertionError("No answer for " + method);
        }
        return answer;
    }
}
