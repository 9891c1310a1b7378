package org.sallyport.test.it.replacement;

import java.time.Instant;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.spi.node.NodeProof;

/** The next version of the two proofs: one document lets everybody in, cloud instances under one id. */
public final class NewProof implements BundleActivator, NodeProof {
    /** The one document. */
    public static final String DOCUMENT = "good for the next version";

    /** The one cloud instance. */
    public static final String INSTANCE = "i-0123456789abcdef0";

    private boolean cloud;

    @Override
    public void start(BundleContext context) {
        cloud = context.getBundle().getSymbolicName().endsWith(".cloud");
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(METHOD, cloud ? "cloud" : "kubernetes");
        context.registerService(NodeProof.class, this, properties);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes the service back.
    }

    @Override
    public Proven prove(Shown shown, Instant deadline) {
        if (!shown.document().equals(DOCUMENT)) {
            throw new SallyportException(NodeError.PROOF_REFUSED, "The next version takes another document.");
        }
        return new Proven(
                "anybody",
                cloud ? Optional.of(INSTANCE) : Optional.empty(),
                Optional.of("SSMServiceRole"),
                Optional.empty(),
                Map.of(),
                false,
                "");
    }

    @Override
    public void release(Proven proven, Instant deadline) {
        // Its document counts any number of times.
    }
}
