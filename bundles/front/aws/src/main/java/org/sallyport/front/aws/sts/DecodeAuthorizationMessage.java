package org.sallyport.front.aws.sts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.DecisionExplainer;
import org.sallyport.api.access.DecisionExplainer.Denial;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;
import org.sallyport.spi.access.Authorizer;
import org.sallyport.spi.access.StatementTrace;

/** Says why somebody was denied. What AWS gives out encoded is a reference here, and its answer has the members of AWS's, and three of our own. */
@Component
@Serves(target = "sts.DecodeAuthorizationMessage")
public final class DecodeAuthorizationMessage implements Operation {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final DecisionPoint decisions;
    private final DecisionExplainer explainer;

    @Activate
    public DecodeAuthorizationMessage(@Reference DecisionPoint decisions, @Reference DecisionExplainer explainer) {
        this.decisions = decisions;
        this.explainer = explainer;
    }

    @Override
    public Output call(Call call) {
        decisions.require(new AccessRequest(call.principal(), "sts:DecodeAuthorizationMessage", "*"));
        Denial denial = explainer.get(call.principal(), call.input().required("EncodedMessage"));
        return Output.empty().with("DecodedMessage", message(denial).toString());
    }

    private static ObjectNode message(Denial denial) {
        ObjectNode message = JSON.objectNode();
        message.put("allowed", false);
        message.put("explicitDeny", denial.decision().verdict() == Authorizer.Verdict.EXPLICIT_DENY);
        message.set("matchedStatements", items(denial.decision().decisive(), DecodeAuthorizationMessage::statement));
        message.set("failures", items(denial.decision().nearest(), DecodeAuthorizationMessage::statement));
        ObjectNode context = message.putObject("context");
        context.putObject("principal").put("id", denial.principalId()).put("arn", denial.principal());
        context.put("action", denial.action());
        context.put("resource", denial.resource());
        context.set(
                "conditions", items(new TreeMap<>(denial.context()).entrySet(), DecodeAuthorizationMessage::condition));
        message.put("at", denial.at().toString());
        message.put("reason", denial.reason().name());
        message.put("text", denial.decision().text());
        return message;
    }

    private static JsonNode statement(StatementTrace trace) {
        ObjectNode statement = JSON.objectNode();
        statement.put("statementId", trace.sid());
        statement.put("effect", trace.allow() ? "ALLOW" : "DENY");
        statement.set("actions", values(trace.action().isEmpty() ? List.of() : List.of(trace.action())));
        statement.set("resources", values(trace.resource().isEmpty() ? List.of() : List.of(trace.resource())));
        statement.put("outcome", trace.outcome().name());
        return statement;
    }

    private static JsonNode condition(Map.Entry<String, List<String>> key) {
        ObjectNode condition = JSON.objectNode();
        condition.put("key", key.getKey());
        condition.set("values", values(key.getValue()));
        return condition;
    }

    private static ObjectNode values(List<String> values) {
        return items(values, value -> JSON.objectNode().put("value", value));
    }

    private static <T> ObjectNode items(Collection<T> items, Function<T, JsonNode> each) {
        ObjectNode list = JSON.objectNode();
        items.forEach(item -> list.withArray("items").add(each.apply(item)));
        if (items.isEmpty()) {
            list.putArray("items");
        }
        return list;
    }
}
