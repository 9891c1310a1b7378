package org.sallyport.adapter.transport.mina;

import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.condition.Condition;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.sallyport.api.edge.TlsIdentity;
import org.sallyport.api.transport.ChannelEndpoint;
import org.sallyport.spi.transport.Transport;

/**
 * The channel port. Begins to listen once the server is ready and both the certificate and the endpoint have been there; from then on
 * either may be replaced or away while connections live: without an endpoint requests get 503, without a certificate new connections
 * are closed. Registers {@link Transport} while it listens.
 */
@Component(
        configurationPid = MinaTransport.PID,
        service = {})
@Designate(ocd = MinaTransport.Config.class)
public final class MinaTransport {
    static final String PID = "org.sallyport.adapter.transport.mina";

    /** What an operator may set. */
    @ObjectClassDefinition(
            name = "Sallyport: channel port",
            description =
                    "Where agents and clients open their web-sockets. Changing host or port re-binds the listener; connections stay.")
    public @interface Config {
        @AttributeDefinition(name = "Host", description = "Address to listen on")
        String host() default "0.0.0.0";

        @AttributeDefinition(
                name = "Port",
                description = "TCP port, 0 for any; -1 takes framework property sallyport.channel.port, else 8444")
        int port() default -1;

        @AttributeDefinition(
                name = "TLS handshake",
                description = "Seconds from the connection to the end of its TLS handshake")
        int handshake_seconds() default 10;

        @AttributeDefinition(name = "Request", description = "Seconds for one whole request")
        int request_seconds() default 10;

        @AttributeDefinition(name = "Idle", description = "Seconds between two requests on one connection")
        int idle_seconds() default 60;

        @AttributeDefinition(
                name = "First message",
                description = "Seconds from the upgrade to the first message of a web-socket")
        int first_message_seconds() default 20;

        @AttributeDefinition(
                name = "Message",
                description = "Seconds from the first byte of a web-socket's message to its last, at most 1 MiB")
        int message_seconds() default 60;

        @AttributeDefinition(name = "Ping", description = "Seconds between two pings to a web-socket's peer")
        int ping_seconds() default 30;

        @AttributeDefinition(
                name = "Silence",
                description = "Seconds without a byte from a web-socket's peer until it is given up")
        int silence_seconds() default 90;

        @AttributeDefinition(name = "Connections", description = "Most open connections")
        int max_connections() default 50_000;

        @AttributeDefinition(
                name = "Connections of one address",
                description = "Most open connections of one IPv4 address or IPv6 network of 64 bits")
        int max_per_address() default 20_000;

        @AttributeDefinition(
                name = "Pending connections",
                description = "Most connections that have not sent the first message of a web-socket yet")
        int max_pending() default 8_192;

        @AttributeDefinition(
                name = "Pending connections of one address",
                description = "The same of one IPv4 address or IPv6 network of 64 bits")
        int max_pending_per_address() default 1_024;

        @AttributeDefinition(
                name = "PROXY protocol from",
                description =
                        "Addresses and networks of load balancers that put a PROXY header (version 1 or 2) before each"
                                + " connection. It is demanded of these and taken from no others")
        String[] proxy_from() default {};

        @AttributeDefinition(
                name = "Worker threads",
                description =
                        "Threads that verify requests, 1 to 256. They wait for the disk, so more of them than processors")
        int workers() default 32;
    }

    /** Makes the transport known while it listens. */
    interface Publication {
        /** @return takes it back */
        Runnable publish(Transport transport);
    }

    private volatile TlsIdentity identity;
    private volatile ChannelEndpoint endpoint;
    private TransportSettings settings;
    private Publication publication;
    private Listener listener;
    private Runnable withdraw;

    @Reference(
            target = "(osgi.condition.id=sallyport.ready)",
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Condition ready;

    @Activate
    void activate(BundleContext context, Config config) {
        Publication osgi = transport -> {
            ServiceRegistration<Transport> registration = context.registerService(
                    Transport.class, transport, FrameworkUtil.asDictionary(Map.of(Transport.SCHEME, "wss")));
            return registration::unregister;
        };
        activate(TransportSettings.from(config, context.getProperty(TransportSettings.PORT_PROPERTY)), osgi);
    }

    synchronized void activate(TransportSettings checked, Publication known) {
        settings = checked;
        publication = known;
        listenWhenComplete();
    }

    @Modified
    void modified(BundleContext context, Config config) {
        modified(TransportSettings.from(config, context.getProperty(TransportSettings.PORT_PROPERTY)));
    }

    synchronized void modified(TransportSettings checked) {
        settings = checked;
        if (listener != null) {
            listener.apply(checked);
        }
    }

    @Deactivate
    synchronized void deactivate() {
        if (listener != null) {
            withdraw.run();
            listener.stop();
            listener = null;
        }
        settings = null;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindIdentity(TlsIdentity bound) {
        identity = bound;
        listenWhenComplete();
    }

    synchronized void unbindIdentity(TlsIdentity gone) {
        identity = identity == gone ? null : identity;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindEndpoint(ChannelEndpoint bound) {
        endpoint = bound;
        listenWhenComplete();
    }

    synchronized void unbindEndpoint(ChannelEndpoint gone) {
        endpoint = endpoint == gone ? null : endpoint;
    }

    private void listenWhenComplete() {
        if (settings == null || listener != null || identity == null || endpoint == null) {
            return;
        }
        Listener started = new Listener(settings, () -> identity, () -> endpoint);
        started.start();
        listener = started;
        withdraw = publication.publish(started);
    }
}
