package org.sallyport.adapter.identity.local;

import java.lang.annotation.Annotation;
import org.sallyport.adapter.identity.local.LocalIdentityProvider.Config;

/** A configuration as the runtime would hand it in. */
record Settings(int memory, int iterations, int parallelism, int hashes) {
    static final Config DEFAULTS = new Settings(19456, 2, 1, 2).config();

    Config config() {
        return new Config() {
            @Override
            public Class<? extends Annotation> annotationType() {
                return Config.class;
            }

            @Override
            public int memory_kib() {
                return memory;
            }

            @Override
            public int iterations() {
                return iterations;
            }

            @Override
            public int parallelism() {
                return parallelism;
            }

            @Override
            public int concurrent_hashes() {
                return hashes;
            }
        };
    }
}
