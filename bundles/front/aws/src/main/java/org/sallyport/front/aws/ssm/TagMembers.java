package org.sallyport.front.aws.ssm;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sallyport.api.error.SallyportException;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.RequestError;

/** Tags as AWS's lists of structures have them. */
final class TagMembers {
    private TagMembers() {}

    /** @throws SallyportException {@code VALIDATION} for a key that stands there twice */
    static Map<String, String> map(Input input, String member) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Input tag : input.structures(member)) {
            String key = tag.required("Key");
            if (tags.put(key, tag.required("Value")) != null) {
                throw new SallyportException(RequestError.VALIDATION, "Tag key '" + key + "' stands there twice");
            }
        }
        return tags;
    }

    static Output output(Map.Entry<String, String> tag) {
        return Output.empty().with("Key", tag.getKey()).with("Value", tag.getValue());
    }
}
