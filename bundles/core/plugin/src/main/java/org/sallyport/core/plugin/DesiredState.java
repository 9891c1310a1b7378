package org.sallyport.core.plugin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock file: for each adapter the content that ran last. It is written after a swap succeeded, so a crash in the middle of one
 * comes back with the old content.
 */
final class DesiredState {
    private static final Logger LOG = LoggerFactory.getLogger(DesiredState.class);
    private static final int FORMAT = 1;
    private static final int MAX_BYTES = 1024 * 1024;
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxStringLength(4096)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private final Path file;

    DesiredState(Path file) {
        this.file = file;
    }

    /**
     * One adapter.
     *
     * @param file name of the jar in the folder that it came from
     * @param bundleId and {@code lastModified} tell whether the framework still has exactly what was started
     */
    record Entry(String symbolicName, String version, String sha256, String file, long bundleId, long lastModified) {}

    /** By symbolic name; empty when there is no file or it cannot be read, which the folder then makes good. */
    Map<String, Entry> read() {
        Map<String, Entry> entries = new TreeMap<>();
        if (!Files.exists(file)) {
            return entries;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("longer than %d bytes".formatted(MAX_BYTES));
            }
            JsonNode root = JSON.readTree(bytes);
            if (root.path("format").asInt() != FORMAT) {
                throw new IOException("not of format " + FORMAT);
            }
            for (JsonNode plugin : root.path("plugins")) {
                Entry entry = entry(plugin);
                entries.put(entry.symbolicName(), entry);
            }
            return entries;
        } catch (IOException e) {
            LOG.error(
                    "The desired state {} cannot be read ({}); it is made again from the folder", file, e.getMessage());
            return new TreeMap<>();
        }
    }

    void write(Collection<Entry> entries) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("format", FORMAT);
        ArrayNode plugins = root.putArray("plugins");
        for (Entry entry : entries) {
            plugins.addObject()
                    .put("symbolicName", entry.symbolicName())
                    .put("version", entry.version())
                    .put("sha256", entry.sha256())
                    .put("file", entry.file())
                    .put("bundleId", entry.bundleId())
                    .put("lastModified", entry.lastModified());
        }
        DurableFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    }

    private static Entry entry(JsonNode plugin) throws IOException {
        Entry entry = new Entry(
                plugin.path("symbolicName").asText(),
                plugin.path("version").asText(),
                plugin.path("sha256").asText(),
                plugin.path("file").asText(),
                plugin.path("bundleId").asLong(),
                plugin.path("lastModified").asLong());
        if (!PluginManifest.SYMBOLIC_NAME.matcher(entry.symbolicName()).matches()
                || !SHA_256.matcher(entry.sha256()).matches()) {
            throw new IOException("an entry has no symbolic name or no SHA-256");
        }
        return entry;
    }
}
