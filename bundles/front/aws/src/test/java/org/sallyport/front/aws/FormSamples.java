package org.sallyport.front.aws;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.sallyport.front.aws.model.OperationModel;
import org.sallyport.front.aws.model.Shape;

/** Requests in the query protocol with nothing but what an operation's model requires. */
final class FormSamples {
    private static final Map<String, String> VERSIONS = Map.of("iam", "2010-05-08", "sts", "2011-06-15");
    private static final List<String> TEXTS =
            List.of("a", "ab", "v1", "{}", "a.b.c", "AKIAEXAMPLEEXAMPLE00", FakeIam.POLICY);

    private FormSamples() {}

    static boolean isForm(OperationModel model) {
        return Set.of("iam", "sts").contains(model.signingName());
    }

    static String of(OperationModel model) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("Action", model.name());
        form.put("Version", VERSIONS.get(model.signingName()));
        model.input().ifPresent(shape -> structure(model, shape, "", form));
        // what its model does not require, but the operation does
        if (model.name().equals("UpdateLoginProfile")) {
            form.put("Password", "another one");
        }
        if (model.name().equals("DeactivateMFADevice")) {
            form.put("UserName", "bob");
            form.put("SerialNumber", FakeIam.SERIAL);
        }
        return form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static void structure(
            OperationModel model, Shape.Structure shape, String prefix, Map<String, String> form) {
        for (String name : shape.required()) {
            value(model, model.shape(shape.members().get(name)), prefix + name, form);
        }
    }

    private static void value(OperationModel model, Shape shape, String path, Map<String, String> form) {
        if (shape instanceof Shape.Structure structure) {
            structure(model, structure, path + ".", form);
        } else if (shape instanceof Shape.Sequence sequence) {
            value(model, model.shape(sequence.member()), path + ".member.1", form);
        } else if (shape instanceof Shape.Text text) {
            form.put(path, text(text));
        } else {
            throw new AssertionError("No sample for " + path);
        }
    }

    private static String text(Shape.Text shape) {
        return shape.allowed().isEmpty()
                ? TEXTS.stream()
                        .filter(text -> text.length() >= shape.length().min().orElse(0))
                        .filter(text -> shape.pattern()
                                .map(pattern -> pattern.accepts(text))
                                .orElse(true))
                        .findFirst()
                        .orElseThrow()
                : shape.allowed().get(0);
    }
}
