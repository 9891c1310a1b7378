package org.sallyport.core.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What configurations held when they were looked at last, so that it can be said which settings changed. Values are kept as hashes and told to nobody:
 * they may be secrets. Any thread.
 */
final class KnownSettings {
    /** What is about the configuration and no setting of it. */
    private static final Set<String> ABOUT =
            Set.of("service.pid", "service.factoryPid", "service.bundleLocation", "felix.fileinstall.filename");

    private final Map<String, Map<String, String>> known = new HashMap<>();

    /** Takes it as it is now. */
    synchronized void look(String pid, Dictionary<String, ?> now) {
        known.put(pid, hashes(now));
    }

    /**
     * Names of settings that are other than before, under {@code added}, {@code changed} and {@code removed}; kinds without a name are left out.
     *
     * @param now null for a configuration that was deleted
     */
    synchronized Map<String, List<String>> changed(String pid, Dictionary<String, ?> now) {
        Map<String, String> before = known.getOrDefault(pid, Map.of());
        Map<String, String> after = now == null ? Map.of() : hashes(now);
        if (now == null) {
            known.remove(pid);
        } else {
            known.put(pid, after);
        }
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        Map<String, List<String>> changes = new LinkedHashMap<>();
        for (String name : names) {
            String how = !before.containsKey(name) ? "added" : after.containsKey(name) ? "changed" : "removed";
            if (!how.equals("changed") || !before.get(name).equals(after.get(name))) {
                changes.computeIfAbsent(how, unused -> new ArrayList<>()).add(name);
            }
        }
        return changes;
    }

    private static Map<String, String> hashes(Dictionary<String, ?> settings) {
        Map<String, String> hashes = new TreeMap<>();
        for (var names = settings.keys(); names.hasMoreElements(); ) {
            String name = names.nextElement();
            if (!ABOUT.contains(name)) {
                hashes.put(name, hash(Arrays.deepToString(new Object[] {settings.get(name)})));
            }
        }
        return hashes;
    }

    private static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
