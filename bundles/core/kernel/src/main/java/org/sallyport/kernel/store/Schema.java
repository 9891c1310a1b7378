package org.sallyport.kernel.store;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Says that a bundle's migrations are applied. One service for each bundle that has a folder {@code migrations/}, with property
 * {@value #BUNDLE}: a component that touches tables references it with {@code target = "(sallyport.schema=<symbolic name>)"} and so starts
 * after its tables exist.
 *
 * <p>Migrations are {@code migrations/NNNN-name.sql}, numbered from 0001, forward only, checksummed: a changed or missing one that
 * was applied before keeps the service away and is logged. Statements are separated by a semicolon at the end of a line and keep to
 * the SQL that H2 and PostgreSQL share.
 */
@ProviderType
public interface Schema {
    /** Service property: symbolic name of the bundle. */
    String BUNDLE = "sallyport.schema";

    /** Number of the newest migration applied. */
    int version();
}
