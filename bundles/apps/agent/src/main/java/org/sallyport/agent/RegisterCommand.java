package org.sallyport.agent;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.sallyport.agent.identity.CloudMetadata;
import org.sallyport.agent.identity.Credential;
import org.sallyport.agent.identity.Identity;
import org.sallyport.agent.identity.IdentityStore;
import org.sallyport.agent.identity.Registration;
import org.sallyport.channel.api.ServiceException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code register}: an old registration stays until the new one is good. */
@Command(
        name = "register",
        mixinStandardHelpOptions = true,
        description = {
            "Registers this machine: with an activation, or with a document that the server takes as a proof.",
            "The activation code is read from --code-file, the variable SALLYPORT_ACTIVATION_CODE or the standard input."
        })
final class RegisterCommand implements Callable<Integer> {
    private static final int CHANNEL_PORT = 8444;
    private static final String CLOUD = "cloud";

    @Spec
    private CommandSpec spec;

    @Option(names = "--url", required = true, paramLabel = "https://HOST:PORT", description = "The server's API.")
    private URI url;

    @Option(
            names = "--channel-url",
            paramLabel = "https://HOST:PORT",
            description = "The server's channel port; default the API's host with port 8444.")
    private URI channelUrl;

    @Option(
            names = "--ca-fingerprint",
            required = true,
            paramLabel = "SHA256",
            description = "SHA-256 of the server's certificate authority, hexadecimal.")
    private String caFingerprint;

    @Option(names = "--id", paramLabel = "ACTIVATION_ID", description = "The activation's id.")
    private String id;

    @Option(
            names = "--proof",
            paramLabel = "WAY",
            description = {
                "In place of an activation: the server's name for a way of proof.",
                "cloud asks the metadata service of this cloud instance for its signed identity document, unless --proof-file"
                        + " has one; any other way reads a token from --proof-file, for instance the projected token of a"
                        + " Kubernetes service account."
            })
    private String proof;

    @Option(names = "--proof-file", paramLabel = "FILE", description = "File with the document of --proof.")
    private Path proofFile;

    @Option(
            names = "--metadata-url",
            paramLabel = "http://HOST",
            description = "The metadata service of --proof cloud; default EC2's.")
    private URI metadata = CloudMetadata.EC2;

    @Option(names = "--code-file", paramLabel = "FILE", description = "File whose first line is the activation code.")
    private Path codeFile;

    @Option(
            names = "--region",
            defaultValue = "onprem-1",
            description = "The server's region; default ${DEFAULT-VALUE}.")
    private String region;

    @Option(names = "--replace", description = "Gives up an earlier registration of this machine.")
    private boolean replace;

    @Mixin
    private DataFolder data;

    @Override
    public Integer call() throws IOException {
        IdentityStore store = data.identities();
        Optional<Identity> earlier = replace ? readable(store) : store.load();
        if (earlier.isPresent() && !replace) {
            throw new IOException("This machine is registered already as %s (%s); --replace registers it anew"
                    .formatted(earlier.get().nodeId(), store.file()));
        }
        Registration registration = new Registration(url, channels(), caFingerprint, region, credential());
        Identity identity;
        try {
            identity = registration.perform(earlier.map(Identity::fingerprint).orElseGet(UUID::randomUUID));
        } catch (ServiceException e) {
            throw new IOException("The server refuses the registration: " + e, e);
        }
        store.save(identity);
        spec.commandLine().getOut().println("Registered as " + identity.nodeId());
        if (earlier.isPresent()) {
            spec.commandLine()
                    .getErr()
                    .println("An agent that runs goes on as " + earlier.get().nodeId() + "; restart it");
        }
        return 0;
    }

    private Credential credential() throws IOException {
        if ((id == null) == (proof == null)) {
            throw new ParameterException(spec.commandLine(), "Give --id for an activation, or --proof");
        }
        if (id != null) {
            String code = ActivationCode.read(codeFile, System.getenv(), System.console(), System.in);
            return new Credential.Activation(id, code);
        }
        if (proofFile == null && proof.equals(CLOUD)) {
            return new Credential.Proof(proof, new CloudMetadata(metadata).identityDocument());
        }
        if (proofFile == null) {
            throw new ParameterException(spec.commandLine(), "--proof " + proof + " needs --proof-file");
        }
        try (InputStream in = Files.newInputStream(proofFile)) {
            byte[] document = in.readNBytes(Credential.Proof.MOST + 1);
            return new Credential.Proof(proof, new String(document, StandardCharsets.UTF_8).strip());
        }
    }

    /** What cannot be read shall be replaced, and has nothing to keep. */
    private static Optional<Identity> readable(IdentityStore store) {
        try {
            return store.load();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private URI channels() throws IOException {
        if (channelUrl != null) {
            return channelUrl;
        }
        try {
            return new URI("https", null, url.getHost(), CHANNEL_PORT, null, null, null);
        } catch (URISyntaxException e) {
            throw new IOException("The server's address must be https://host[:port], not " + url, e);
        }
    }
}
