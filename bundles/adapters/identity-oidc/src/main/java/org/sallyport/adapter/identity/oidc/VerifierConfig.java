package org.sallyport.adapter.identity.oidc;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One issuer; a configuration each. */
@ObjectClassDefinition(
        name = "Sallyport: web identities by OpenID Connect",
        description =
                "Who shows a token of an issuer, for instance of a Keycloak realm, may assume roles that trust it")
public @interface VerifierConfig {
    @AttributeDefinition(
            name = "Provider",
            description =
                    "The issuer without https://, for instance idp.example.org/realms/main, to the letter. Trust policies name"
                            + " it: arn:aws:iam::ACCOUNT:oidc-provider/PROVIDER")
    String sallyport_identity_provider() default "";

    @AttributeDefinition(
            name = "Audiences",
            description = "Clients of the issuer whose tokens are taken (aud); others are refused")
    String[] audiences() default {};

    @AttributeDefinition(
            name = "Keys",
            description =
                    "Where the issuer shows its keys: an https address, or a file; where its discovery document says when empty")
    String jwks() default "";

    @AttributeDefinition(
            name = "Authority",
            description =
                    "File with the certificates, in PEM, that the issuer's addresses are believed by; the platform's when empty")
    String ca_file() default "";

    @AttributeDefinition(
            name = "Allowed addresses",
            description =
                    "Ranges of loopback and link-local addresses that the keys may be fetched from, like 127.0.0.1/32")
    String[] allowed_addresses() default {};

    @AttributeDefinition(
            name = "Algorithms",
            description =
                    "Signatures that are taken: RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512; those with shared"
                            + " secrets never are")
    String[] algorithms() default {"RS256", "PS256", "ES256"};

    @AttributeDefinition(
            name = "Clock leeway",
            description = "Seconds that the issuer's clock may be ahead or behind, 0 to 300")
    int leeway_s() default 60;

    @AttributeDefinition(name = "Longest life", description = "Seconds that a token may live in all, 60 to 86400")
    int longest_life_s() default 86400;

    @AttributeDefinition(
            name = "Claims",
            description =
                    "Claims that conditions may ask for as PROVIDER:claim beside sub and aud, 50 at most. One inside of another"
                            + " is written outer:inner")
    String[] claims() default {"acr", "amr", "azp", "email", "groups", "preferred_username", "realm_access:roles"};
}
