package org.sallyport.test.e2e;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Policy documents. */
final class Documents {
    private Documents() {}

    static String allowing(String action, String resource) {
        return statement("Allow", action, resource);
    }

    static String denying(String action, String resource) {
        return statement("Deny", action, resource);
    }

    /** @param principal JSON of the element's value */
    static String trusting(String principal) {
        return "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\":\"Allow\",\"Principal\":" + principal
                + ",\"Action\":[\"sts:AssumeRole\",\"sts:TagSession\",\"sts:SetSourceIdentity\"]}]}";
    }

    static String decoded(String document) {
        return URLDecoder.decode(document, StandardCharsets.UTF_8);
    }

    private static String statement(String effect, String action, String resource) {
        return "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\":\"" + effect + "\",\"Action\":\"" + action
                + "\",\"Resource\":\"" + resource + "\"}]}";
    }
}
