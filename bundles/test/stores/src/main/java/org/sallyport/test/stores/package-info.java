/** The real store for the tests of bundles that keep something; dependency of scope {@code test}. */
package org.sallyport.test.stores;
