package org.sallyport.cli.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code sallyport configure} and {@code sallyport login} keep of a server: its pinned certificate authority and, from the former
 * alone, a key. The file is 0600 from its creation and refused when others can read it.
 *
 * @param accessKeyId null, as the secret, when there is no key
 */
public record OwnConfiguration(String url, String region, String caPem, String accessKeyId, String secretAccessKey) {

    public OwnConfiguration {
        for (String member : new String[] {url, region, caPem}) {
            if (member == null || member.isBlank()) {
                throw new IllegalArgumentException("Server, region and authority must all be given");
            }
        }
        boolean noKey = accessKeyId == null && secretAccessKey == null;
        if (!noKey && (isBlank(accessKeyId) || isBlank(secretAccessKey))) {
            throw new IllegalArgumentException("Of the access key, both id and secret must be given");
        }
    }

    /** {@code SALLYPORT_CONFIG}, else {@code .config/sallyport/config.json} under the home folder. */
    public static Path file(Map<String, String> environment, Path home) {
        return Optional.ofNullable(environment.get("SALLYPORT_CONFIG"))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .orElse(home.resolve(".config/sallyport/config.json"));
    }

    /** @throws IOException others can read the file, or it is not whole; empty when there is none */
    public static Optional<OwnConfiguration> read(Path file) throws IOException {
        return PrivateFile.read(file, OwnConfiguration.class, "sallyport configure");
    }

    /** Writes the file in one step: the old one stays until the new one is complete. */
    public void write(Path file) throws IOException {
        PrivateFile.write(file, this);
    }

    /** Whether a key is kept. */
    public boolean hasKey() {
        return accessKeyId != null;
    }

    /** The same server, known better. */
    public OwnConfiguration with(String otherRegion, String otherCaPem) {
        return new OwnConfiguration(url, otherRegion, otherCaPem, accessKeyId, secretAccessKey);
    }

    /** Whether an address is this server's. */
    public boolean isServer(String address) {
        return trimmed(address).equalsIgnoreCase(trimmed(url));
    }

    /** Keeps another authority in the file. What cannot be kept now is learned again by the next call. */
    void believing(String pem, Path file) {
        try {
            with(region, caPem.strip() + "\n" + pem).write(file);
        } catch (IOException e) {
            // A folder that is read-only, or another call that keeps it right now: this call works without.
        }
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    private static String trimmed(String address) {
        return address.replaceAll("/+$", "");
    }

    @Override
    public String toString() {
        return "OwnConfiguration[" + url + ", " + accessKeyId + "]";
    }
}
