package org.sallyport.core.status;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.condition.Condition;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.plugin.Plugins;
import org.sallyport.api.plugin.Plugins.Plugin;
import org.sallyport.core.status.ServerStatus.Listener;
import org.sallyport.kernel.status.StatusPart;
import org.sallyport.kernel.store.Schema;
import org.sallyport.spi.access.Authorizer;
import org.sallyport.spi.transport.Transport;

/**
 * Puts together what the parts, the framework and core/plugin say. Everything that it looks at may come and go; it is here as long as the
 * component runtime is. Any thread; blocks for less than a second.
 */
@Component(service = StatusCenter.class)
public class StatusCenter {
    private final BundleContext context;
    private final Wiring wiring;
    private final Parts parts = new Parts(System::nanoTime);

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<StatusPart> sources = List.of();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<ServiceReference<Schema>> schemas = List.of();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<Map.Entry<Map<String, Object>, Transport>> transports = List.of();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Plugins plugins;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Authorizer authorizer;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile DecisionPoint decisions;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            target = "(" + Condition.CONDITION_ID + "=sallyport.ready)")
    volatile Condition started;

    @Activate
    public StatusCenter(BundleContext context, @Reference ServiceComponentRuntime components) {
        this.context = context;
        this.wiring = new Wiring(context, components);
    }

    @Deactivate
    void deactivate() {
        parts.close();
    }

    /** What keeps the server from being ready; empty when nothing does. Sentences that anybody may read. */
    List<String> missing() {
        return missing(parts.read(sources));
    }

    ServerStatus status() {
        List<Parts.Answer> answers = parts.read(sources);
        Plugins known = plugins;
        return new ServerStatus(
                context.getBundle().getVersion().toString(),
                Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()),
                missing(answers),
                answers,
                listeners(),
                known == null ? List.of() : known.list(),
                wiring.unsatisfied(),
                wiring.bundles());
    }

    private List<String> missing(List<Parts.Answer> answers) {
        List<String> migrated = schemas.stream()
                .map(schema -> String.valueOf(schema.getProperty(Schema.BUNDLE)))
                .toList();
        List<String> missing = new ArrayList<>();
        wiring.unmigrated(migrated).forEach(bundle -> missing.add("the migrations of " + bundle + " are not applied"));
        Plugins known = plugins;
        if (known == null) {
            missing.add("the adapters in plugins/ are not looked at yet");
        } else {
            known.list().stream()
                    .filter(StatusCenter::away)
                    .forEach(plugin -> missing.add("the adapter " + plugin.symbolicName() + " does not run"));
        }
        if (started == null) {
            missing.add("the start is not over");
        }
        if (transports.isEmpty()) {
            missing.add("no transport listens");
        }
        if (authorizer == null || decisions == null) {
            missing.add("nothing decides about policies");
        }
        answers.forEach(answer -> missing.addAll(answer.reading().missing()));
        for (String part : List.of("store", "recording", "api")) {
            if (answers.stream().noneMatch(answer -> answer.part().equals(part))) {
                missing.add("the part " + part + " is away");
            }
        }
        return List.copyOf(missing);
    }

    /** A file that was never an adapter is refused and says so in the status; the server lacks nothing by it. */
    private static boolean away(Plugin plugin) {
        return plugin.version().isEmpty() && !plugin.symbolicName().endsWith(".jar");
    }

    private List<Listener> listeners() {
        return transports.stream()
                .map(transport -> new Listener(
                        String.valueOf(transport.getKey().get(Transport.SCHEME)),
                        transport.getValue().description(),
                        transport.getValue().localPort(),
                        transport.getValue().connections()))
                .sorted(Comparator.comparing(Listener::scheme).thenComparing(Listener::port))
                .toList();
    }
}
