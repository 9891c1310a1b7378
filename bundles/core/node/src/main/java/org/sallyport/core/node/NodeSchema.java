package org.sallyport.core.node;

import org.sallyport.kernel.store.Schema;

/** What components reference so that they start after this bundle's tables exist. */
final class NodeSchema {
    static final String TARGET = "(" + Schema.BUNDLE + "=org.sallyport.core.node)";

    private NodeSchema() {}
}
