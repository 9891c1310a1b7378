package org.sallyport.cli.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The shared files of AWS's tools: {@code credentials} and {@code config}, or what {@code AWS_SHARED_CREDENTIALS_FILE} and
 * {@code AWS_CONFIG_FILE} name. A key of the credentials file wins over the same key of the config file, as it does there.
 */
final class AwsFiles {
    private static final long MAX_BYTES = 1 << 20;

    private final Map<String, Map<String, String>> sections;

    private AwsFiles(Map<String, Map<String, String>> sections) {
        this.sections = sections;
    }

    static AwsFiles read(Map<String, String> environment, Path home) throws IOException {
        Map<String, Map<String, String>> all = new HashMap<>();
        merge(all, file(environment, "AWS_CONFIG_FILE", home.resolve(".aws/config")), true);
        merge(all, file(environment, "AWS_SHARED_CREDENTIALS_FILE", home.resolve(".aws/credentials")), false);
        return new AwsFiles(all);
    }

    boolean has(String profile) {
        return sections.containsKey("profile " + profile);
    }

    Optional<String> value(String profile, String key) {
        return Optional.ofNullable(
                sections.getOrDefault("profile " + profile, Map.of()).get(key));
    }

    /** A service's own endpoint: in the {@code services} section that the profile names, else {@code endpoint_url} of the profile. */
    Optional<String> endpoint(String profile, String service) {
        return value(profile, "services")
                .flatMap(name -> Optional.ofNullable(
                        sections.getOrDefault("services " + name, Map.of()).get(service + ".endpoint_url")))
                .or(() -> value(profile, "endpoint_url"));
    }

    private static Path file(Map<String, String> environment, String variable, Path otherwise) {
        return Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .orElse(otherwise);
    }

    private static void merge(Map<String, Map<String, String>> all, Path file, boolean config) throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("%s has more than 1 MiB; it cannot be a file of profiles".formatted(file));
        }
        Map<String, String> section = new HashMap<>();
        String nested = "";
        for (String line : lines(file)) {
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
                continue;
            }
            if (text.startsWith("[") && text.endsWith("]")) {
                section = all.computeIfAbsent(name(text, config), unused -> new HashMap<>());
                nested = "";
                continue;
            }
            int equals = text.indexOf('=');
            if (equals < 0) {
                continue;
            }
            String key = text.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            String value = text.substring(equals + 1).strip();
            boolean indented = Character.isWhitespace(line.charAt(0));
            if (!indented) {
                nested = value.isEmpty() ? key + "." : "";
            }
            section.put(indented ? nested + key : key, value);
        }
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new IOException("%s is not a text file in UTF-8".formatted(file), e);
        }
    }

    /** In the config file profiles are headed {@code [profile name]}, save {@code [default]}; in the credentials file {@code [name]}. */
    private static String name(String header, boolean config) {
        String name = header.substring(1, header.length() - 1).strip().replaceAll("\\s+", " ");
        boolean prefixed =
                name.startsWith("profile ") || name.startsWith("services ") || name.startsWith("sso-session ");
        return config && prefixed ? name : "profile " + name;
    }
}
