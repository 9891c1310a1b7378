package org.sallyport.test.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.ops4j.pax.exam.util.Filter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.condition.Condition;

/** Outside the boot ring every bundle can be updated alone: its refresh closure holds nothing but itself. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class RingsIT {
    @Inject
    private BundleContext context;

    /** Pax Exam waits for it: schema and desired state are up. */
    @Inject
    @Filter("(osgi.condition.id=sallyport.ready)")
    private Condition ready;

    @Configuration
    public Option[] server() {
        return AssembledServer.options("rings");
    }

    @Test
    public void aBundleOutsideTheBootRingRefreshesAlone() {
        FrameworkWiring wiring =
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        List<Bundle> live = Arrays.stream(context.getBundles())
                .filter(bundle -> List.of("core", "adapter").contains(ring(bundle)))
                .toList();

        TreeMap<String, String> together = new TreeMap<>();
        for (Bundle bundle : live) {
            String others = wiring.getDependencyClosure(List.of(bundle)).stream()
                    .filter(other -> !other.equals(bundle))
                    .map(Bundle::getSymbolicName)
                    .sorted()
                    .collect(Collectors.joining(", "));
            if (!others.isEmpty()) {
                together.put(bundle.getSymbolicName(), others);
            }
        }

        assertTrue("core and adapters are installed", live.size() >= 12);
        assertEquals("bundles that drag others along", new TreeMap<>(), together);
    }

    private static String ring(Bundle bundle) {
        String ring = bundle.getHeaders("").get("Sallyport-Ring");
        return ring == null ? "" : ring;
    }
}
