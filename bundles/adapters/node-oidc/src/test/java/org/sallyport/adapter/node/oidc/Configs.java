package org.sallyport.adapter.node.oidc;

import java.lang.annotation.Annotation;

/** Settings of one issuer as tests need them. */
record Configs(String jwks, String caFile, String[] allowed, String... rules) {

    OidcConfig config() {
        return new OidcConfig() {
            @Override
            public String sallyport_node_proof() {
                return "kubernetes";
            }

            @Override
            public String issuer() {
                return TestIssuer.NAME;
            }

            @Override
            public String audience() {
                return "sallyport";
            }

            @Override
            public String jwks() {
                return jwks;
            }

            @Override
            public String ca_file() {
                return caFile;
            }

            @Override
            public String[] allowed_addresses() {
                return allowed;
            }

            @Override
            public int longest_life_s() {
                return 3600;
            }

            @Override
            public String[] rules() {
                return rules;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return OidcConfig.class;
            }
        };
    }
}
