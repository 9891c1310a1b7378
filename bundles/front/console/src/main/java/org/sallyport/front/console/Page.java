package org.sallyport.front.console;

import java.net.URL;
import java.util.Map;

/**
 * One file of the console.
 *
 * @param mediaType value of {@code Content-Type}
 * @param tag what tells its content from any other's, without quotes
 * @param immutable whether its name changes with its content
 * @param forms where its content is, by content coding; {@code identity} is always there
 */
record Page(String mediaType, String tag, boolean immutable, Map<String, URL> forms) {
    /** The content as it is. */
    static final String IDENTITY = "identity";
}
