/**
 * Databases for tests. The same tests run on both: as they are on H2, and with the system property {@code sallyport.store=postgresql} on
 * a PostgreSQL server that starts with the first test that asks and ends with the Java virtual machine.
 */
package org.sallyport.test.database;
