package org.sallyport.agent.succession;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sallyport.agent.session.SavedSession;
import org.sallyport.agent.shell.InPlace;
import org.sallyport.agent.shell.Shell;

/**
 * What an agent leaves to the next one in the same process: JSON in a file of memory, whose descriptor the environment names. What a later
 * version adds must be able to be missing; a change that an earlier one would misunderstand has a new {@link #FORMAT}.
 *
 * @param format {@link #FORMAT} of who wrote it
 * @param version of the agent that wrote it
 * @param over ids of sessions that were
 * @param reports of ended sessions, as on the wire, which the server has not acknowledged
 */
public record Estate(int format, String version, List<SavedSession> sessions, List<String> over, List<byte[]> reports) {
    /** The one format that there is. */
    public static final int FORMAT = 1;

    /** Names the descriptor. */
    static final String VARIABLE = "SALLYPORT_AGENT_INHERITS";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Descriptor of the file that holds it; it is the caller's. */
    int write() throws IOException {
        int descriptor = InPlace.newFile("sallyport-agent-estate");
        try (OutputStream out = Files.newOutputStream(InPlace.file(descriptor))) {
            JSON.writeValue(out, this);
            return descriptor;
        } catch (IOException | RuntimeException e) {
            InPlace.close(descriptor);
            throw e;
        }
    }

    /**
     * What the environment of this process names; the file is gone then.
     *
     * @throws IOException it cannot be read, so that the shells in it are lost
     */
    public static Optional<Estate> inherited(Map<String, String> environment) throws IOException {
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.matches("\\d{1,6}")) {
            return Optional.empty();
        }
        int descriptor = Integer.parseInt(named);
        Path file = InPlace.file(descriptor);
        if (!Files.exists(file)) {
            // the variable is of an agent of before, the file was its
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            Estate estate = JSON.readValue(in, Estate.class);
            if (estate.format() != FORMAT) {
                throw new IOException("the agent %s left its sessions in format %d, this one knows %d"
                        .formatted(estate.version(), estate.format(), FORMAT));
            }
            return Optional.of(estate);
        } finally {
            InPlace.close(descriptor);
        }
    }

    /** Processes of the shells that go on. */
    public Set<Long> shells() {
        return shellsOf().map(Shell.Saved::pid).collect(Collectors.toSet());
    }

    /** Descriptors of their terminals. */
    Set<Integer> terminals() {
        return shellsOf().map(Shell.Saved::descriptor).collect(Collectors.toSet());
    }

    private Stream<Shell.Saved> shellsOf() {
        return sessions.stream().flatMap(session -> Optional.ofNullable(session.shell()).stream());
    }
}
