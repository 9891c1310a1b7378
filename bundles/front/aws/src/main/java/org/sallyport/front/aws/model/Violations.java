package org.sallyport.front.aws.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects where a body of the right types breaks the constraints of its shape, in AWS's words. */
final class Violations {
    /** A body can break thousands of constraints; who reads it needs the first ones. */
    static final int MOST_TOLD = 10;
    /** Longest part of a value that is repeated in a message. */
    static final int MOST_OF_A_VALUE = 256;

    private final OperationModel model;
    private final List<String> found = new ArrayList<>();

    Violations(OperationModel model) {
        this.model = model;
    }

    /** What was found, at most {@value #MOST_TOLD}. */
    List<String> found() {
        return found;
    }

    void collect(JsonNode value, Shape.Structure shape, String path) {
        for (String name : shape.required()) {
            if (isAbsent(value.get(name))) {
                add("null", below(path, name), "Member must not be null");
            }
        }
        shape.members().forEach((name, member) -> visit(value.get(name), model.shape(member), below(path, name)));
    }

    private void visit(JsonNode value, Shape shape, String path) {
        if (isAbsent(value) || found.size() >= MOST_TOLD) {
            return;
        }
        if (shape instanceof Shape.Structure structure) {
            collect(value, structure, path);
        } else if (shape instanceof Shape.Sequence sequence) {
            length(value, value.size(), sequence.bounds(), path);
            int position = 1;
            for (JsonNode item : value) {
                visit(item, model.shape(sequence.member()), path + "." + position++ + ".member");
            }
        } else if (shape instanceof Shape.Mapping mapping) {
            length(value, value.size(), mapping.bounds(), path);
            value.properties().forEach(entry -> {
                key(entry.getKey(), (Shape.Text) model.shape(mapping.key()), value, path);
                visit(entry.getValue(), model.shape(mapping.value()), path + "." + cut(entry.getKey()) + ".member");
            });
        } else if (shape instanceof Shape.Text text) {
            String shown = text.sensitive() ? "***" : value.textValue();
            textProblems(value.textValue(), text).forEach(problem -> add(shown, path, problem));
        } else if (shape instanceof Shape.Whole whole) {
            range(value, whole.bounds(), path);
        } else if (shape instanceof Shape.Decimal decimal) {
            range(value, decimal.bounds(), path);
        } else if (shape instanceof Shape.Blob blob) {
            length(value, value.textValue().length() / 4 * 3, blob.length(), path);
        }
    }

    private void key(String key, Shape.Text shape, JsonNode map, String path) {
        List<String> problems = textProblems(key, shape);
        if (!problems.isEmpty()) {
            add(map.toString(), path, "Map keys must satisfy constraint: " + problems);
        }
    }

    private static List<String> textProblems(String value, Shape.Text shape) {
        List<String> problems = new ArrayList<>();
        // AWS counts characters, not UTF-16 units
        lengthProblem(value.codePointCount(0, value.length()), shape.length(), problems);
        shape.pattern()
                .filter(p -> !p.accepts(value))
                .ifPresent(p -> problems.add("Member must satisfy regular expression pattern: " + p));
        if (!shape.allowed().isEmpty() && !shape.allowed().contains(value)) {
            problems.add("Member must satisfy enum value set: " + shape.allowed());
        }
        return problems;
    }

    private void length(JsonNode value, int length, Shape.Bounds bounds, String path) {
        List<String> problems = new ArrayList<>();
        lengthProblem(length, bounds, problems);
        problems.forEach(problem -> add(value.toString(), path, problem));
    }

    private static void lengthProblem(int length, Shape.Bounds bounds, List<String> problems) {
        if (bounds.min().isPresent() && length < bounds.min().getAsLong()) {
            problems.add("Member must have length greater than or equal to "
                    + bounds.min().getAsLong());
        }
        if (bounds.max().isPresent() && length > bounds.max().getAsLong()) {
            problems.add("Member must have length less than or equal to "
                    + bounds.max().getAsLong());
        }
    }

    private void range(JsonNode value, Shape.Bounds bounds, String path) {
        if (bounds.min().isPresent() && value.doubleValue() < bounds.min().getAsLong()) {
            add(
                    value.asText(),
                    path,
                    "Member must have value greater than or equal to "
                            + bounds.min().getAsLong());
        }
        if (bounds.max().isPresent() && value.doubleValue() > bounds.max().getAsLong()) {
            add(
                    value.asText(),
                    path,
                    "Member must have value less than or equal to "
                            + bounds.max().getAsLong());
        }
    }

    private void add(String value, String path, String constraint) {
        if (found.size() < MOST_TOLD) {
            String shown = value.equals("null") ? value : "'" + cut(value) + "'";
            found.add("Value " + shown + " at '" + path + "' failed to satisfy constraint: " + constraint);
        }
    }

    private static boolean isAbsent(JsonNode value) {
        return value == null || value.isNull();
    }

    private static String below(String path, String member) {
        String name = member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1);
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String cut(String value) {
        return value.length() <= MOST_OF_A_VALUE ? value : value.substring(0, MOST_OF_A_VALUE) + "...";
    }
}
