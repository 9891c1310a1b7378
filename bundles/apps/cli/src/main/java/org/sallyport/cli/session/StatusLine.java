package org.sallyport.cli.session;

/**
 * What is wrong just now.
 *
 * @param change another one for another trouble; the same while only the seconds count
 * @param text the most important first, as it may be cut; from elsewhere in part, so to be made plain
 */
public record StatusLine(String change, String text) {}
