package org.sallyport.front.aws;

import java.util.Map;

/** An HTTP answer. */
record Answer(int status, String contentType, Map<String, String> headers, byte[] body) {}
