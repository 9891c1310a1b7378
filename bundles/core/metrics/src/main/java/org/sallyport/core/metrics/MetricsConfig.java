package org.sallyport.core.metrics;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the measurements, PID {@value MetricsPort#PID}. */
@ObjectClassDefinition(
        name = "Sallyport: measurements",
        description =
                "Where Prometheus reads the server's measurements: http://host:port/metrics, without TLS and without a sign-in")
@interface MetricsConfig {

    @AttributeDefinition(
            name = "Host",
            description =
                    "Address to listen on. Another than loopback shows the measurements to everybody who reaches it")
    String host() default "127.0.0.1";

    @AttributeDefinition(
            name = "Port",
            min = "-1",
            max = "65535",
            description = "TCP port; 0 for none. -1 takes the property sallyport.metrics.port, else 9464")
    int port() default -1;
}
