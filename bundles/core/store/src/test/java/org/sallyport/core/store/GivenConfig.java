package org.sallyport.core.store;

import java.lang.annotation.Annotation;
import java.util.Map;

/**
 * Configuration as given, with the defaults for the rest.
 *
 * @param given values by attribute
 */
record GivenConfig(Map<String, Object> given) implements StoreConfig {
    @Override
    public String url() {
        return text("url", "");
    }

    @Override
    public String user() {
        return text("user", "sallyport");
    }

    @Override
    public String _password() {
        return text("_password", "");
    }

    @Override
    public String password_file() {
        return text("password_file", "");
    }

    @Override
    public String tls_mode() {
        return text("tls_mode", "");
    }

    @Override
    public String tls_ca() {
        return text("tls_ca", "");
    }

    @Override
    public String directory() {
        return text("directory", "");
    }

    @Override
    public int pool_size() {
        return (Integer) given.getOrDefault("pool_size", 8);
    }

    @Override
    public int data_key_days() {
        return 90;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return StoreConfig.class;
    }

    private String text(String attribute, String otherwise) {
        return (String) given.getOrDefault(attribute, otherwise);
    }
}
