package org.sallyport.front.aws.ssm;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.Activation;
import org.sallyport.api.node.Activations;
import org.sallyport.api.page.Page;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.RequestError;
import org.sallyport.front.aws.Serves;

/** Lists hybrid activations. */
@Component
@Serves(target = "AmazonSSM.DescribeActivations")
public final class DescribeActivations implements Operation {
    private static final int DEFAULT_ITEMS = 50;

    private final Activations activations;
    private final Clock clock;

    @Activate
    public DescribeActivations(@Reference Activations activations) {
        this(activations, Clock.systemUTC());
    }

    DescribeActivations(Activations activations, Clock clock) {
        this.activations = activations;
        this.clock = clock;
    }

    @Override
    public Output call(Call call) {
        List<Activations.Filter> filters = call.input().structures("Filters").stream()
                .map(DescribeActivations::filter)
                .toList();
        Page<Activation> page =
                activations.list(call.principal(), filters, call.input().page(DEFAULT_ITEMS));
        return Output.empty()
                .with("ActivationList", page.items(), this::activation)
                .withText("NextToken", page.nextToken());
    }

    private static Activations.Filter filter(Input filter) {
        String key = filter.text("FilterKey")
                .orElseThrow(() -> new SallyportException(RequestError.VALIDATION, "A filter needs its FilterKey"));
        return new Activations.Filter(key, filter.texts("FilterValues"));
    }

    private Output activation(Activation activation) {
        return Output.empty()
                .with("ActivationId", activation.id())
                .withText("Description", Optional.of(activation.description()))
                .withText("DefaultInstanceName", activation.defaultInstanceName())
                .with("IamRole", activation.role())
                .with("RegistrationLimit", activation.limit())
                .with("RegistrationsCount", activation.registrations())
                .with("ExpirationDate", activation.expires())
                .with("Expired", activation.expiredAt(clock.instant()))
                .with("CreatedDate", activation.created())
                .with("Tags", List.copyOf(activation.tags().entrySet()), TagMembers::output);
    }
}
