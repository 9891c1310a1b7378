/**
 * The owner of {@code plugins/}. One thread looks at the folder, checks each jar, and installs, swaps and removes bundles; what runs is
 * written down as the desired state, and a jar that does not resolve or start never replaces one that does.
 */
package org.sallyport.core.plugin;
