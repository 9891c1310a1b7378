package org.sallyport.core.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.api.iam.Simulations.Source;
import org.sallyport.api.iam.Tag;

/**
 * What the rights of a user or of a role follow from, as the store has it at one moment. Immutable.
 *
 * @param arn of the user or role, path and all; empty when it does not exist
 * @param name its name
 * @param identity what it, its groups or its role have
 * @param boundary its permissions boundary; empty when it has none
 * @param missing whether a policy or the boundary cannot be found: it might have denied, so everything is denied
 * @param tags of the user or role, key as written
 * @param activeKeys ids of a user's active access keys
 * @param mark an opaque text, equal as long as all the rest is
 */
record Entitlements(
        Optional<String> arn,
        String name,
        List<Document> identity,
        List<Document> boundary,
        boolean missing,
        Map<String, String> tags,
        Set<String> activeKeys,
        String mark) {
    /** A policy document and where it came from. */
    record Document(String text, Source source) {}

    /** Of what does not exist. */
    static final Entitlements NONE =
            new Entitlements(Optional.empty(), "", List.of(), List.of(), false, Map.of(), Set.of(), "gone");

    static Entitlements of(
            String arn,
            String name,
            List<Document> identity,
            List<Document> boundary,
            boolean missing,
            List<Tag> tags,
            List<String> activeKeys) {
        Map<String, String> values = new LinkedHashMap<>();
        tags.forEach(tag -> values.put(tag.key(), tag.value()));
        Hasher hasher = new Hasher();
        hasher.add(arn);
        identity.forEach(document -> hasher.add(document.text()));
        hasher.add("boundary");
        boundary.forEach(document -> hasher.add(document.text()));
        hasher.add(Boolean.toString(missing));
        tags.forEach(tag -> {
            hasher.add(tag.key());
            hasher.add(tag.value());
        });
        activeKeys.forEach(hasher::add);
        return new Entitlements(
                Optional.of(arn),
                name,
                List.copyOf(identity),
                List.copyOf(boundary),
                missing,
                Map.copyOf(values),
                Set.copyOf(activeKeys),
                hasher.text());
    }

    boolean gone() {
        return arn.isEmpty();
    }

    /** SHA-256 over texts with their lengths, so that no two lists of texts look alike. */
    private static final class Hasher {
        private final MessageDigest digest;

        Hasher() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        void add(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }

        String text() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
