package org.sallyport.test.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sallyport.test.house.BuiltBundles.Built;

/** Dependencies point downwards: which of our bundles each role may import from, checked on the manifests of the built jars. */
class DirectionTest {
    private static final String API = "org.sallyport.api";
    private static final String PROTOCOL = "org.sallyport.protocol";
    private static final String KERNEL = "org.sallyport.core.kernel";
    private static final String CHANNEL = "org.sallyport.channel";

    /** The only bundles that others may compile against. */
    private static final Set<String> CONTRACTS = Set.of(API, PROTOCOL, KERNEL, CHANNEL);

    @Test
    void everyImportPointsDownwards() {
        List<Built> bundles =
                Stream.concat(BuiltBundles.server().stream(), programs()).toList();

        List<String> wrong = new ArrayList<>();
        for (Built bundle : bundles.stream().filter(Built::ours).toList()) {
            Set<String> allowed = allowed(bundle);
            for (Built provider : bundles.stream().filter(Built::ours).toList()) {
                boolean uses = provider.exports().stream().anyMatch(bundle.imports()::contains);
                if (uses && !provider.name().equals(bundle.name()) && !allowed.contains(provider.name())) {
                    wrong.add(bundle.name() + " imports from " + provider.name());
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void onlyContractBundlesExport() {
        assertThat(BuiltBundles.server())
                .filteredOn(Built::ours)
                .filteredOn(bundle -> !CONTRACTS.contains(bundle.name()))
                .allSatisfy(
                        bundle -> assertThat(bundle.exports()).as(bundle.name()).isEmpty());
    }

    @Test
    void theFolderOfABundleIsItsRing() {
        Map<String, String> folderOfRing = Map.of("boot", "boot", "core", "system", "adapter", "plugins");

        assertThat(BuiltBundles.server()).filteredOn(Built::ours).isNotEmpty().allSatisfy(bundle -> assertThat(
                        bundle.folder())
                .as(bundle.name())
                .isEqualTo(folderOfRing.get(bundle.ring())));
        assertThat(BuiltBundles.server())
                .filteredOn(bundle -> !bundle.ours())
                .allSatisfy(
                        bundle -> assertThat(bundle.folder()).as(bundle.name()).isEqualTo("boot"));
    }

    private static Stream<Built> programs() {
        return Stream.of("agent", "cli", "quickstart").flatMap(name -> BuiltBundles.program(name).stream());
    }

    private static Set<String> allowed(Built bundle) {
        if (bundle.name().equals(KERNEL)) {
            return Set.of(API, PROTOCOL);
        }
        return switch (bundle.role()) {
            case "contract" -> bundle.name().equals(CHANNEL) ? Set.of(PROTOCOL) : Set.of();
            case "core" -> Set.of(API, PROTOCOL, KERNEL);
            case "adapter" ->
                bundle.name().startsWith("org.sallyport.adapter.transport.") ? Set.of(API, PROTOCOL) : Set.of(API);
            // the protocol is what both sides of a wire share, and holds no state: fronts write its formats
            case "front" -> Set.of(API, PROTOCOL);
            case "app" -> Set.of(PROTOCOL, CHANNEL);
            default -> Set.of();
        };
    }
}
