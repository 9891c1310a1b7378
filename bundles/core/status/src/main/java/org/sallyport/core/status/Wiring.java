package org.sallyport.core.status;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;
import org.sallyport.core.status.ServerStatus.InstalledBundle;
import org.sallyport.core.status.ServerStatus.Unsatisfied;

/** Reads bundles and components out of the framework. Keeps nothing. */
final class Wiring {
    private static final String RING = "Sallyport-Ring";
    private static final int MAX_CHARS = 400;

    private final BundleContext context;
    private final ServiceComponentRuntime components;

    Wiring(BundleContext context, ServiceComponentRuntime components) {
        this.context = context;
        this.components = components;
    }

    List<InstalledBundle> bundles() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getBundleId() != 0)
                .map(bundle -> new InstalledBundle(
                        bundle.getSymbolicName(),
                        bundle.getVersion().toString(),
                        ring(bundle).orElse(""),
                        state(bundle.getState()),
                        fragment(bundle)))
                .sorted(Comparator.comparing(InstalledBundle::symbolicName))
                .toList();
    }

    /** Our bundles that bring migrations which no schema service speaks of. */
    List<String> unmigrated(Collection<String> migrated) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> ring(bundle).isPresent() && bundle.getEntry("migrations/") != null)
                .map(Bundle::getSymbolicName)
                .filter(name -> !migrated.contains(name))
                .sorted()
                .toList();
    }

    /** Components of our bundles that are enabled and do not run. Those of libraries that nobody configured are meant to sleep. */
    List<Unsatisfied> unsatisfied() {
        Bundle[] ours = Arrays.stream(context.getBundles())
                .filter(bundle -> ring(bundle).isPresent())
                .toArray(Bundle[]::new);
        return components.getComponentDescriptionDTOs(ours).stream()
                .filter(components::isComponentEnabled)
                .flatMap(description -> components.getComponentConfigurationDTOs(description).stream())
                .flatMap(component -> why(component).stream()
                        .map(why -> new Unsatisfied(
                                component.description.name, component.description.bundle.symbolicName, why)))
                .sorted(Comparator.comparing(Unsatisfied::component))
                .toList();
    }

    private static Optional<String> why(ComponentConfigurationDTO component) {
        return switch (component.state) {
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
                Optional.of("no configuration " + String.join(", ", component.description.configurationPid));
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                Optional.of(Stream.of(component.unsatisfiedReferences)
                        .map(reference -> missing(component.description, reference))
                        .collect(Collectors.joining("; ")));
            case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                Optional.of("its start failed: " + Plain.line(firstLine(component.failure), MAX_CHARS));
            default -> Optional.empty();
        };
    }

    private static String missing(ComponentDescriptionDTO description, UnsatisfiedReferenceDTO reference) {
        String service = Stream.of(description.references)
                .filter(declared -> declared.name.equals(reference.name))
                .map(Wiring::service)
                .findFirst()
                .orElse(reference.name);
        String target = reference.target == null ? "" : " with " + reference.target;
        return "no service " + service + target;
    }

    private static String service(ReferenceDTO declared) {
        return declared.interfaceName;
    }

    private static String firstLine(String failure) {
        return failure == null ? "see the log" : failure.lines().findFirst().orElse("see the log");
    }

    private static Optional<String> ring(Bundle bundle) {
        return Optional.ofNullable(bundle.getHeaders("").get(RING));
    }

    private static boolean fragment(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    private static String state(int state) {
        return switch (state) {
            case Bundle.ACTIVE -> "active";
            case Bundle.STARTING -> "starting";
            case Bundle.STOPPING -> "stopping";
            case Bundle.RESOLVED -> "resolved";
            case Bundle.INSTALLED -> "installed";
            default -> "uninstalled";
        };
    }
}
