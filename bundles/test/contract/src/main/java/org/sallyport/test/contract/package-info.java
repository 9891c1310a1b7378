/**
 * One conformance suite for each SPI, with an in-memory double beside it. An adapter's own test extends the suite and hands in the adapter; the
 * dependency on this module has scope {@code test}.
 */
package org.sallyport.test.contract;
