package org.sallyport.core.node;

import java.lang.annotation.Annotation;

/** Settings of nodes as tests need them. */
final class Configs {
    private Configs() {}

    static NodeConfig of(int reapAfterDays, String secondChannel) {
        return new NodeConfig() {
            @Override
            public int reap_after_days() {
                return reapAfterDays;
            }

            @Override
            public String second_channel() {
                return secondChannel;
            }

            @Override
            public int usage_kept_days() {
                return 400;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return NodeConfig.class;
            }
        };
    }
}
