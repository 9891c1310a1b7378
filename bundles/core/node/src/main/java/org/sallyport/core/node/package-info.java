/** Activations, registration, inventory, presence and tiers of managed nodes. Nothing here is exported. */
package org.sallyport.core.node;
