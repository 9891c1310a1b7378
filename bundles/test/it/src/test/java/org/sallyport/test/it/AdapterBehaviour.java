package org.sallyport.test.it;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.inject.Inject;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.access.SignIn;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.Activations;
import org.sallyport.api.node.Nodes;
import org.sallyport.api.node.Nodes.Registration;
import org.sallyport.api.page.PageRequest;
import org.sallyport.kernel.node.Tiers;
import org.sallyport.spi.node.TierPolicy;

/** What callers of the server's services see of the adapters behind them. While an adapter is away, nothing but a refusal. */
public abstract class AdapterBehaviour {
    /** What a proof says that lets a node in: its id begins so. */
    static final String LET_IN = "let in as ";

    @Inject
    private DecisionPoint decisions;

    @Inject
    private SignIn signIn;

    @Inject
    private Activations activations;

    @Inject
    private Nodes nodes;

    @Inject
    private Tiers tiers;

    private Principal administrator;

    /** Why no session to a hybrid node starts; empty text when one may. */
    String tierRefusal() {
        try {
            return tiers.session("mi-0123456789abcdef0")
                    .map(TierPolicy.Refusal::message)
                    .orElse("");
        } catch (SallyportException e) {
            return e.getMessage();
        }
    }

    boolean allows(String action) {
        return decisions.allows(new AccessRequest(administrator(), action, "*"));
    }

    boolean signsIn(String password) {
        try {
            return signIn.withPassword("admin", password.toCharArray()) != null;
        } catch (SallyportException e) {
            return false;
        }
    }

    boolean listsActivation(String id) {
        try {
            return activations.list(administrator(), List.of(), PageRequest.first(50)).items().stream()
                    .anyMatch(activation -> activation.id().equals(id));
        } catch (SallyportException e) {
            return false;
        }
    }

    /** Registers a node that shows a document; the refusal's text when it stays out. */
    String register(String method, String document) {
        try {
            return LET_IN
                    + nodes.register(new Registration(
                            "",
                            "",
                            publicKey(),
                            "Rsa",
                            UUID.randomUUID().toString(),
                            "127.0.0.1",
                            Optional.of(new Registration.Proof(method, document))));
        } catch (SallyportException e) {
            return e.getMessage();
        }
    }

    /** The administrator that the first start made, found by signing in as the server keeps it. */
    Principal administrator() {
        if (administrator == null) {
            try {
                String text = Files.readString(account());
                String password = text.replaceAll("(?s).*\"adminPassword\"\\s*:\\s*\"([^\"]*)\".*", "$1");
                administrator = signIn.withPassword("admin", password.toCharArray());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        assertEquals(PrincipalType.USER, administrator.type());
        return administrator;
    }

    static Path account() {
        return Path.of(System.getProperty("sallyport.data"), "initial-admin.json");
    }

    private static String publicKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPublic().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
