package org.sallyport.front.console.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The description of the API, OpenAPI 3.1, made from the resources themselves. */
final class OpenApi {
    private final Schemas schemas = new Schemas();

    private OpenApi() {}

    static ObjectNode of(List<Class<?>> resources) {
        return new OpenApi().document(resources);
    }

    private ObjectNode document(List<Class<?>> resources) {
        ObjectNode document = object().put("openapi", "3.1.0");
        document.putObject("info").put("title", "Sallyport console API").put("version", "1");
        document.putArray("servers").addObject().put("url", ConsoleApplication.BASE);
        ObjectNode paths = document.putObject("paths");
        for (Route route : Route.of(resources)) {
            paths.withObjectProperty(route.path()).set(route.httpMethod().toLowerCase(Locale.ROOT), operation(route));
        }
        ObjectNode components = document.putObject("components");
        components.set("schemas", schemas.components());
        ObjectNode security = components.putObject("securitySchemes");
        security.putObject("session").put("type", "apiKey").put("in", "cookie").put("name", Guard.COOKIE);
        security.putObject("csrf").put("type", "apiKey").put("in", "header").put("name", Guard.FORGERY_HEADER);
        return document;
    }

    private ObjectNode operation(Route route) {
        ObjectNode operation = object();
        operation.put("operationId", route.name());
        security(route, operation);
        route.pathParameters()
                .forEach(parameter -> parameter(
                        parameter,
                        "path",
                        parameter.getAnnotation(PathParam.class).value(),
                        operation));
        route.queryParameters()
                .forEach(parameter -> parameter(
                        parameter,
                        "query",
                        parameter.getAnnotation(QueryParam.class).value(),
                        operation));
        route.body().ifPresent(body -> {
            ObjectNode content = operation.putObject("requestBody").put("required", true);
            content.putObject("content").putObject(MediaType.APPLICATION_JSON).set("schema", schemas.of(body, true));
        });
        ObjectNode responses = operation.putObject("responses");
        answer(route, responses.putObject(Integer.toString(route.status())));
        ObjectNode problem = responses.putObject("default").put("description", "A problem as RFC 9457 has it");
        problem.putObject("content").putObject(Problem.MEDIA_TYPE).set("schema", schemas.of(Problem.class, false));
        return operation;
    }

    private static void security(Route route, ObjectNode operation) {
        var all = operation.putArray("security");
        if (!route.open()) {
            ObjectNode needed = all.addObject();
            needed.putArray("session");
            if (!route.httpMethod().equals("GET")) {
                needed.putArray("csrf");
            }
        }
    }

    private void answer(Route route, ObjectNode response) {
        response.put("description", "Done");
        if (route.status() == 204) {
            return;
        }
        if (produces(route).contains(MediaType.SERVER_SENT_EVENTS)) {
            response.putObject("content")
                    .putObject(MediaType.SERVER_SENT_EVENTS)
                    .putObject("schema")
                    .put("type", "string");
        } else if (produces(route).contains(UsageResource.TEXT_CSV)) {
            response.putObject("content")
                    .putObject(UsageResource.TEXT_CSV)
                    .putObject("schema")
                    .put("type", "string");
        } else if (route.answer() == ObjectNode.class) {
            response.putObject("content")
                    .putObject(MediaType.APPLICATION_JSON)
                    .putObject("schema")
                    .put("type", "object");
        } else {
            response.putObject("content")
                    .putObject(MediaType.APPLICATION_JSON)
                    .set("schema", schemas.of(route.answer(), false));
        }
    }

    private static List<String> produces(Route route) {
        Produces own = route.method().getAnnotation(Produces.class);
        return own == null ? List.of() : Arrays.asList(own.value());
    }

    private void parameter(Parameter parameter, String in, String name, ObjectNode operation) {
        ObjectNode described =
                operation.withArray("parameters").addObject().put("name", name).put("in", in);
        described.put("required", in.equals("path") || parameter.isAnnotationPresent(Needed.class));
        described.set("schema", schemas.of(parameter.getParameterizedType(), true));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
