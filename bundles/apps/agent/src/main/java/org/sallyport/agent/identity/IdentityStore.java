package org.sallyport.agent.identity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.sallyport.agent.machine.PrivateFiles;

/**
 * Keeps the registration in {@code identity.json}, which nobody else can read, in a folder that is private as well. A new one takes the place of the old one whole or
 * not at all. Any thread; processes beside this one are not waited for.
 */
public final class IdentityStore implements IdentityKeeper {
    private static final int FORMAT = 1;
    private static final String NEXT = "nextPrivateKey";
    private static final long MAX_BYTES = 1 << 20;
    private static final ObjectMapper JSON = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(32).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private final Path folder;

    public IdentityStore(Path folder) {
        this.folder = folder;
    }

    public Path file() {
        return folder.resolve("identity.json");
    }

    /**
     * @return empty when this node is not registered
     * @throws IOException the file cannot be used, or others can read it; the text says what to do
     */
    public Optional<Identity> load() throws IOException {
        Path file = file();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        PrivateFiles.require(file);
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("%s is larger than 1 MiB, so it is no registration".formatted(file));
        }
        try {
            return Optional.of(read(JSON.readTree(Files.readAllBytes(file))));
        } catch (JsonProcessingException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(
                    "%s cannot be read as a registration; register again with --replace".formatted(file), e);
        }
    }

    @Override
    public synchronized void change(UnaryOperator<Identity> change) throws IOException {
        Identity kept = load().orElseThrow(() -> new IOException("this node is not registered any more"));
        Identity changed = change.apply(kept);
        if (!changed.equals(kept)) {
            save(changed);
        }
    }

    /** Survives a crash at any moment: either the old or the new one is there. */
    public synchronized void save(Identity identity) throws IOException {
        PrivateFiles.makeFolder(folder);
        Path next = folder.resolve("identity.json.new");
        Files.deleteIfExists(next);
        write(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json(identity)));
        Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        PrivateFiles.force(folder);
    }

    private static void write(Path file, byte[] content) throws IOException {
        Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel out = FileChannel.open(file, fresh, PrivateFiles.file())) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("Another registration is under way in this folder: " + file + " appeared", e);
        }
    }

    private static JsonNode json(Identity identity) {
        ObjectNode json = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("nodeId", identity.nodeId())
                .put("url", identity.url().toString())
                .put("channelUrl", identity.channelUrl().toString())
                .put("region", identity.region())
                .put("fingerprint", identity.fingerprint().toString())
                .put("ca", identity.caPem())
                .put("privateKey", text(identity.privateKey()));
        identity.nextKey().ifPresent(next -> json.put(NEXT, text(next)));
        return json;
    }

    private static String text(PrivateKey key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    private static Identity read(JsonNode json) throws GeneralSecurityException {
        if (json.path("format").asInt() != FORMAT) {
            throw new IllegalArgumentException("format must be " + FORMAT);
        }
        Optional<PrivateKey> next = json.has(NEXT) ? Optional.of(key(text(json, NEXT))) : Optional.empty();
        return new Identity(
                text(json, "nodeId"),
                URI.create(text(json, "url")),
                URI.create(text(json, "channelUrl")),
                text(json, "region"),
                UUID.fromString(text(json, "fingerprint")),
                text(json, "ca"),
                key(text(json, "privateKey")),
                next);
    }

    private static PrivateKey key(String base64) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    private static String text(JsonNode json, String name) {
        if (!json.path(name).isTextual()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return json.get(name).textValue();
    }
}
