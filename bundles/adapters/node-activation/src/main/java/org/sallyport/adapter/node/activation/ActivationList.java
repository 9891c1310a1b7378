package org.sallyport.adapter.node.activation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.Activation;
import org.sallyport.api.node.Activations.Filter;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.api.store.Records;

/** Reads activations in the order of their ids, page by page. */
final class ActivationList {
    private static final String PREFIX = "activation/";

    /** Records read at a time: a full record has 20 KB. */
    private static final int CHUNK = 50;

    /** Records looked at for one page; a rare match must not read everything. */
    private static final int MOST_READ = 2000;

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Records records;

    ActivationList(Records records) {
        this.records = records;
    }

    static String key(String id) {
        return PREFIX + id;
    }

    Page<Activation> page(List<Filter> filters, PageRequest page) {
        String after =
                page.token().map(ActivationList::idOf).map(ActivationList::key).orElse("");
        List<Activation> found = new ArrayList<>();
        for (int read = 0; read < MOST_READ; ) {
            List<Records.Entry> chunk = records.scan(PREFIX, after, CHUNK);
            for (Records.Entry entry : chunk) {
                Activation activation =
                        ActivationJson.read(entry.key(), entry.value()).activation();
                if (!matches(activation, filters)) {
                    after = entry.key();
                    continue;
                }
                if (found.size() == page.maxItems()) {
                    return new Page<>(found, Optional.of(token(after)));
                }
                found.add(activation);
                after = entry.key();
            }
            if (chunk.size() < CHUNK) {
                return new Page<>(found, Optional.empty());
            }
            read += chunk.size();
        }
        return new Page<>(found, Optional.of(token(after)));
    }

    private static boolean matches(Activation activation, List<Filter> filters) {
        return filters.stream()
                .allMatch(f ->
                        value(activation, f.key()).filter(f.values()::contains).isPresent());
    }

    private static Optional<String> value(Activation activation, String key) {
        return switch (key) {
            case "ActivationIds" -> Optional.of(activation.id());
            case "DefaultInstanceName" -> activation.defaultInstanceName();
            case "IamRole" -> Optional.of(activation.role());
            default ->
                throw new SallyportException(
                        CommonError.INVALID_ARGUMENT,
                        "There is no filter " + key + "; use ActivationIds, DefaultInstanceName or IamRole.");
        };
    }

    private static String token(String key) {
        String id = key.substring(PREFIX.length());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.US_ASCII));
    }

    private static String idOf(String token) {
        try {
            String id = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
            if (ID.matcher(id).matches()) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw wrongToken(e);
        }
        throw wrongToken(null);
    }

    private static SallyportException wrongToken(IllegalArgumentException cause) {
        return new SallyportException(
                CommonError.INVALID_NEXT_TOKEN,
                "The next token is none of a list of activations; start again without one.",
                cause);
    }
}
