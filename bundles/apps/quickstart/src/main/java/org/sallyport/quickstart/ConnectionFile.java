package org.sallyport.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@code connection.json}: how scripts reach the server that runs. Holds secrets, so its mode is 0600 from its creation. */
final class ConnectionFile {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ConnectionFile() {}

    /** @param account what the server made at its first start: {@code accessKeyId, secretAccessKey, adminUser, adminPassword} */
    static void write(Layout layout, Endpoints endpoints, String accountId, JsonNode account, String nodeId)
            throws IOException {
        URI api = endpoints.api();
        Map<String, String> members = new LinkedHashMap<>();
        members.put("region", endpoints.region());
        members.put("accountId", accountId);
        for (String service : new String[] {"ssm", "sts", "iam", "kms"}) {
            members.put(service, api.toString());
        }
        members.put("ssmmessages", endpoints.channel().toString());
        members.put("console", api + "/console");
        members.put("ca", layout.certificateAuthority().toString());
        members.put("accessKeyId", account.required("accessKeyId").asText());
        members.put("secretAccessKey", account.required("secretAccessKey").asText());
        members.put("adminUser", account.required("adminUser").asText());
        members.put("adminPassword", account.required("adminPassword").asText());
        members.put("nodeId", nodeId);
        replace(layout.connection(), JSON.writeValueAsBytes(members));
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        try (FileChannel out = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
