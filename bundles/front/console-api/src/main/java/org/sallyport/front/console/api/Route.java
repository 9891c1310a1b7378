package org.sallyport.front.console.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One thing that the API answers, read from the annotations of its method.
 *
 * @param resource the class that answers, which may have inherited the method
 * @param path below the API's base, begins with a slash
 * @param body type of the request's body
 * @param answer type of the answer's body, {@code void} for none
 */
record Route(
        Class<?> resource,
        String httpMethod,
        String path,
        Method method,
        Optional<Class<?>> body,
        int status,
        Type answer) {

    /** All routes of these classes, in their order. */
    static List<Route> of(List<Class<?>> resources) {
        List<Route> routes = new ArrayList<>();
        for (Class<?> resource : resources) {
            Arrays.stream(resource.getMethods())
                    .filter(method -> httpMethod(method).isPresent())
                    .map(method -> of(resource, method))
                    .sorted(Comparator.comparing(Route::path).thenComparing(Route::httpMethod))
                    .forEach(routes::add);
        }
        return routes;
    }

    /** What the API's description and the audit trail call a method. */
    static String name(Class<?> resource, Method method) {
        return resource.getSimpleName().replace("Resource", "") + "." + method.getName();
    }

    String name() {
        return name(resource, method);
    }

    boolean open() {
        return method.isAnnotationPresent(Open.class);
    }

    /** Whether it is open to programs and closed to browsers. */
    boolean programs() {
        return open() && method.getAnnotation(Open.class).programs();
    }

    List<Parameter> pathParameters() {
        return parameters(PathParam.class);
    }

    List<Parameter> queryParameters() {
        return parameters(QueryParam.class);
    }

    private List<Parameter> parameters(Class<? extends Annotation> kind) {
        return Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(kind))
                .toList();
    }

    private static Route of(Class<?> resource, Method method) {
        Path own = method.getAnnotation(Path.class);
        String path = "/" + resource.getAnnotation(Path.class).value() + (own == null ? "" : "/" + own.value());
        Answers answers = method.getAnnotation(Answers.class);
        return new Route(
                resource,
                httpMethod(method).orElseThrow(),
                path,
                method,
                method.isAnnotationPresent(Consumes.class) ? Optional.of(body(method)) : Optional.empty(),
                answers == null ? 200 : answers.status(),
                answers == null ? method.getGenericReturnType() : answers.body());
    }

    private static Class<?> body(Method method) {
        return Arrays.stream(method.getParameters())
                .filter(parameter -> !parameter.isAnnotationPresent(Context.class)
                        && !parameter.isAnnotationPresent(PathParam.class)
                        && !parameter.isAnnotationPresent(QueryParam.class))
                .map(Parameter::getType)
                .findFirst()
                .orElseThrow();
    }

    private static Optional<String> httpMethod(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(found -> found != null)
                .map(HttpMethod::value)
                .findFirst();
    }
}
