package org.sallyport.front.aws.own;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeUsage;
import org.sallyport.api.page.Page;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.RequestError;
import org.sallyport.front.aws.Serves;

/** Shows how long nodes were online. No service of AWS has it. */
@Component
@Serves(target = "Sallyport.GetNodeUsage")
public final class GetNodeUsage implements Operation {
    private static final int DEFAULT_ITEMS = 1000;

    private final NodeUsage usage;

    @Activate
    public GetNodeUsage(@Reference NodeUsage usage) {
        this.usage = usage;
    }

    @Override
    public Output call(Call call) {
        Input input = call.input();
        Page<NodeUsage.Row> page = usage.rows(
                call.principal(), day(input.required("From")), day(input.required("To")), input.page(DEFAULT_ITEMS));
        return Output.empty()
                .with("NodeUsage", page.items(), GetNodeUsage::row)
                .withText("NextToken", page.nextToken());
    }

    private static Output row(NodeUsage.Row row) {
        return Output.empty()
                .with("Day", row.day().toString())
                .with("InstanceId", row.nodeId())
                .with("Tier", row.tier())
                .with("Tags", List.copyOf(new TreeMap<>(row.tags()).entrySet()), GetNodeUsage::tag)
                .with("OnlineSeconds", Math.toIntExact(row.online().toSeconds()));
    }

    private static Output tag(Map.Entry<String, String> tag) {
        return Output.empty().with("Key", tag.getKey()).with("Value", tag.getValue());
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new SallyportException(RequestError.VALIDATION, "There is no such day in From or To", e);
        }
    }
}
