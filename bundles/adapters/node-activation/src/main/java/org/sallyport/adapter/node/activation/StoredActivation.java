package org.sallyport.adapter.node.activation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sallyport.adapter.node.activation.Codes.Hashed;
import org.sallyport.api.node.Activation;
import org.sallyport.api.node.ActivationOptions;
import org.sallyport.api.node.Activations.NewActivation;

/**
 * An activation as its record holds it. Times are milliseconds since 1970. The receipts are the registrations, at most {@code limit}: a
 * registration given back is removed by its receipt, so giving it back twice frees one place only.
 *
 * @param format 1; a record of another format is refused
 * @param name null when nodes get no name
 * @param sources ranges of addresses, null in records of before they were kept: any
 * @param approval null in such records: none
 */
record StoredActivation(
        int format,
        String id,
        String description,
        String name,
        String role,
        int limit,
        long created,
        long expires,
        Map<String, String> tags,
        Hashed code,
        List<String> receipts,
        List<String> sources,
        Boolean approval) {
    static final int FORMAT = 1;

    static StoredActivation of(String id, NewActivation wanted, Instant created, Instant expires, Hashed code) {
        return new StoredActivation(
                FORMAT,
                id,
                wanted.description(),
                wanted.defaultInstanceName().orElse(null),
                wanted.role(),
                wanted.limit(),
                created.toEpochMilli(),
                expires.toEpochMilli(),
                wanted.tags(),
                code,
                List.of(),
                wanted.options().sources(),
                wanted.options().approval());
    }

    Activation activation() {
        return new Activation(
                id,
                description,
                Optional.ofNullable(name),
                role,
                limit,
                receipts.size(),
                Instant.ofEpochMilli(created),
                Instant.ofEpochMilli(expires),
                tags,
                options());
    }

    private ActivationOptions options() {
        return new ActivationOptions(sources == null ? List.of() : sources, Boolean.TRUE.equals(approval));
    }

    boolean admits(Instant now, String sourceAddress) {
        return options().admits(sourceAddress) && receipts.size() < limit && now.toEpochMilli() < expires;
    }

    StoredActivation with(String receipt) {
        return withReceipts(Stream.concat(receipts.stream(), Stream.of(receipt)).toList());
    }

    StoredActivation without(String receipt) {
        return withReceipts(receipts.stream().filter(r -> !r.equals(receipt)).toList());
    }

    private StoredActivation withReceipts(List<String> changed) {
        return new StoredActivation(
                format, id, description, name, role, limit, created, expires, tags, code, changed, sources, approval);
    }
}
