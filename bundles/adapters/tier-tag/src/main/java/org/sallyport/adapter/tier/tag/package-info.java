/** Tiers by tag. Nothing here is exported. */
package org.sallyport.adapter.tier.tag;
