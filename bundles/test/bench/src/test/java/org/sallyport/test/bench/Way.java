package org.sallyport.test.bench;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * A way to a shell on the node.
 *
 * @param command what a person types for it
 * @param servers seconds of processor time that its servers and node programs have used so far
 */
record Way(String name, Map<String, String> environment, List<String> command, DoubleSupplier servers) {}
