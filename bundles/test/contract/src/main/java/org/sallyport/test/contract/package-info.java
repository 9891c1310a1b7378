/**
 * One conformance suite for each SPI, with an in-memory double beside it. An adapter's own test extends the suite and hands in the adapter; the
 * dependency on this module has scope {@code test}. Beside them what tests of several bundles stand on: an audit trail in memory, a disk that is full.
 */
package org.sallyport.test.contract;
