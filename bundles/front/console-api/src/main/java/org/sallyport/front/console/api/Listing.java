package org.sallyport.front.console.api;

import java.util.List;

/**
 * One part of a list.
 *
 * @param next opaque; null when this was the last part
 */
record Listing<T>(List<T> items, @Maybe String next) {}
