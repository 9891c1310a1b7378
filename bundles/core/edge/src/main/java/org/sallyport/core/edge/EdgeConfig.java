package org.sallyport.core.edge;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the server's outside. Where an attribute is empty, a framework or system property may say it. */
@ObjectClassDefinition(
        name = "Sallyport: edge",
        description = "Region, account, names, ports and certificate: what the outside sees of this server")
public @interface EdgeConfig {
    /** The configuration's PID. */
    String PID = "org.sallyport.core.edge";

    @AttributeDefinition(
            name = "Region",
            description = "Region name in ARNs and signatures. Empty: property sallyport.region, else onprem-1")
    String region() default "";

    @AttributeDefinition(name = "Account", description = "Account id in ARNs, twelve digits")
    String account_id() default "000000000000";

    @AttributeDefinition(
            name = "External names",
            description =
                    "DNS names and IP addresses by which clients and nodes reach this server; the first is the public name. "
                            + "Empty: property sallyport.names (comma separated), else localhost")
    String[] names() default {};

    @AttributeDefinition(name = "API port", description = "0: property sallyport.api.port, else 8443")
    int api_port() default 0;

    @AttributeDefinition(name = "Channel port", description = "0: property sallyport.channel.port, else 8444")
    int channel_port() default 0;

    @AttributeDefinition(
            name = "External URL of the API port",
            description = "https URL, for instance behind a load balancer. Empty: the public name and the API port")
    String api_url() default "";

    @AttributeDefinition(
            name = "External URL of the channel port",
            description = "wss URL, for instance behind a load balancer. Empty: the public name and the channel port")
    String channel_url() default "";

    @AttributeDefinition(
            name = "Life of own certificates",
            description = "Days, 90 to 397. The server's own certificate is renewed when a third of its life is left")
    int tls_days() default 397;

    @AttributeDefinition(
            name = "Certificate chain",
            description =
                    "PEM file, the server's certificate first. Empty: the server makes its own. Goes with private key and CA")
    String tls_chain() default "";

    @AttributeDefinition(
            name = "Private key",
            description = "PEM file with the unencrypted private key of the certificate")
    String tls_key() default "";

    @AttributeDefinition(
            name = "Certificate authority",
            description = "PEM file with the certificate of the authority that agents and command lines trust")
    String tls_ca() default "";
}
