package org.sallyport.adapter.node.oidc;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One issuer; a configuration each. Whom no rule lets in stays out. */
@ObjectClassDefinition(
        name = "Sallyport: nodes by OpenID Connect",
        description = "Nodes that show a token of an issuer: a Kubernetes cluster, a Keycloak realm")
public @interface OidcConfig {
    @AttributeDefinition(
            name = "Way of proof",
            description = "The name that agents give this issuer, for instance kubernetes or keycloak")
    String sallyport_node_proof() default "oidc";

    @AttributeDefinition(name = "Issuer", description = "What the tokens say as iss, to the letter")
    String issuer() default "";

    @AttributeDefinition(
            name = "Audience",
            description =
                    "What the tokens must have been made for (aud). Give a name that nothing else of the issuer takes")
    String audience() default "sallyport";

    @AttributeDefinition(name = "Keys", description = "Where the issuer shows its keys: an https address, or a file")
    String jwks() default "";

    @AttributeDefinition(
            name = "Authority",
            description =
                    "File with the certificates, in PEM, that the keys' address is believed by; the platform's when empty")
    String ca_file() default "";

    @AttributeDefinition(
            name = "Allowed addresses",
            description =
                    "Ranges of loopback and link-local addresses that the keys may be fetched from, like 127.0.0.1/32")
    String[] allowed_addresses() default {};

    @AttributeDefinition(name = "Longest life", description = "Seconds that a token may live in all, 60 to 86400")
    int longest_life_s() default 3600;

    @AttributeDefinition(
            name = "Rules",
            description =
                    "Who comes in, the first that fits: claim=value[,claim=value] -> role=Role[; name=…][; tag.KEY=…][;"
                            + " approval]. A claim inside of another is written outer:inner; a value may end with *; in name and tag"
                            + " {claim} stands for a claim's value. For instance"
                            + " sub=system:serviceaccount:edge:* -> role=SSMServiceRole; tag.namespace={kubernetes.io:namespace}")
    String[] rules() default {};
}
