/**
 * The data source and what stands directly on it: transactions, migrations, records of adapters, secrets.
 *
 * <p>Nothing of it is exported. Public types can be put together without OSGi, by tests of other bundles as well.
 */
package org.sallyport.core.store;
