package org.sallyport.test.it.replacement;

import java.time.Instant;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.sallyport.api.node.Activation;
import org.sallyport.api.node.Activations;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.spi.node.NodeAdmission;

/** The next version of hybrid activations: lists one that nobody made. */
public final class NewAdmission implements BundleActivator, NodeAdmission {
    /** The id of the one activation. */
    public static final String ID = "11111111-2222-4333-8444-555555555555";

    @Override
    public void start(BundleContext context) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(METHOD, ACTIVATION);
        context.registerService(NodeAdmission.class, this, properties);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes the service back.
    }

    @Override
    public Activations.Created create(Activations.NewActivation wanted, Instant expires, Instant deadline) {
        throw new IllegalStateException("this version makes none");
    }

    @Override
    public Page<Activation> list(List<Activations.Filter> filters, PageRequest page, Instant deadline) {
        Instant now = Instant.now();
        return new Page<>(
                List.of(new Activation(ID, "", Optional.empty(), "SSMServiceRole", 1, 0, now, now, Map.of())),
                Optional.empty());
    }

    @Override
    public boolean delete(String activationId, Instant deadline) {
        return false;
    }

    @Override
    public Admission admit(String activationId, String code, String sourceAddress, Instant deadline) {
        throw new IllegalStateException("this version admits nobody");
    }

    @Override
    public void release(Admission admission, Instant deadline) {
        // It admits nobody.
    }
}
