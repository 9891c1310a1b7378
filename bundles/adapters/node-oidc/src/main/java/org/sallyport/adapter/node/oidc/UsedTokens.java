package org.sallyport.adapter.node.oidc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.sallyport.api.store.Records;

/** Which tokens were used, until they are over. A token is known by what is signed of it, since some signatures have more than one form. */
final class UsedTokens {
    private static final String PREFIX = "used/";

    /** Records looked at with each use; more than one, so that the clearing gets ahead. */
    private static final int CLEARED = 20;

    private final Records records;
    private String cleared = "";

    UsedTokens(Records records) {
        this.records = records;
    }

    /**
     * Uses a token up.
     *
     * @param signed its first two parts
     * @return what {@link #release} takes; empty when it was used already
     */
    Optional<String> use(String signed, Instant expires, Instant now) {
        clear(now);
        String hash = hash(signed);
        byte[] until = Long.toString(expires.toEpochMilli()).getBytes(StandardCharsets.US_ASCII);
        return records.put(PREFIX + hash, until, Records.ABSENT).map(revision -> hash + "/" + revision);
    }

    void release(String receipt) {
        int slash = receipt.indexOf('/');
        records.delete(PREFIX + receipt.substring(0, slash), Long.parseLong(receipt.substring(slash + 1)));
    }

    private synchronized void clear(Instant now) {
        List<Records.Entry> some = records.scan(PREFIX, cleared, CLEARED);
        for (Records.Entry entry : some) {
            long until = Long.parseLong(new String(entry.value(), StandardCharsets.US_ASCII));
            if (until < now.toEpochMilli()) {
                records.delete(entry.key(), entry.revision());
            }
        }
        cleared = some.size() < CLEARED ? "" : some.get(some.size() - 1).key();
    }

    private static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
