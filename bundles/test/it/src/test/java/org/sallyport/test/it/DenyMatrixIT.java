package org.sallyport.test.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.inject.Inject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.ops4j.pax.exam.util.Filter;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.condition.Condition;
import org.sallyport.api.access.AccessKeys;
import org.sallyport.api.access.AccessKeys.AccessKey;
import org.sallyport.api.edge.TlsIdentity;
import org.sallyport.kernel.store.Transactions;

/**
 * Every route of the assembled server denies by default, and each refusal has its record: the operations that are registered, the routes that the console's
 * API describes, and both channels. Nobody lists them here, so one that comes without a decision fails this test.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class DenyMatrixIT {
    private static final String TOKEN = "A".repeat(43);
    private static final String NODE = "mi-0123456789abcdef0";

    /** Unsigned, because who calls has nothing to sign with yet. */
    private static final Set<String> UNSIGNED =
            Set.of("AmazonSSM.RegisterManagedInstance", "sts.AssumeRoleWithWebIdentity");

    /** What everybody may ask who is known, as in AWS. */
    private static final Set<String> EVERYBODYS = Set.of("sts.GetCallerIdentity", "sts.GetSessionToken");

    /** What a person who is signed in may do about the own session, whatever policies say. */
    private static final Set<String> OWN = Set.of(
            "GET /session",
            "POST /session/totp",
            "PUT /session/totp",
            "DELETE /session/totp",
            "GET /server",
            "GET /openapi.json",
            // last: it ends the session
            "DELETE /session");

    /** What carries its proof in its body. */
    private static final Set<String> OPEN = Set.of("POST /session", "POST /logins", "DELETE /logins");

    @Inject
    private BundleContext context;

    @Inject
    @Filter("(osgi.condition.id=sallyport.ready)")
    private Condition ready;

    @Inject
    private TlsIdentity tls;

    @Inject
    private Transactions transactions;

    @Inject
    private AccessKeys keys;

    private MatrixClient client;
    private AccessKey nobody;

    @Configuration
    public Option[] server() {
        return AssembledServer.options("matrix");
    }

    /** Somebody who is known and has no policy at all. */
    @Before
    public void begin() throws Exception {
        client = new MatrixClient(tls.caPem());
        client.awaitPort();
        String name = "nobody" + Long.toString(System.nanoTime(), 36);
        String id = "AIDA" + name.toUpperCase(Locale.ROOT);
        transactions.run(connection -> {
            try (var insert = connection.prepareStatement(
                    "INSERT INTO access_users (id, name, name_key, path, created_at) VALUES (?, ?, ?, '/', 0)")) {
                insert.setString(1, id);
                insert.setString(2, name);
                insert.setString(3, name);
                return insert.executeUpdate();
            }
        });
        nobody = keys.create(name);
        transactions.run(connection -> {
            try (var remove = connection.prepareStatement("DELETE FROM access_web_sessions")) {
                remove.executeUpdate();
            }
            try (var insert = connection.prepareStatement(
                    "INSERT INTO access_web_sessions (token_hash, user_id, created_at, used_at) VALUES (?, ?, ?, ?)")) {
                insert.setString(1, sha256(TOKEN));
                insert.setString(2, id);
                insert.setLong(3, System.currentTimeMillis());
                insert.setLong(4, System.currentTimeMillis());
                return insert.executeUpdate();
            }
        });
    }

    @Test
    public void eachOperationDeniesByDefaultAndIsRecorded() throws Exception {
        Set<String> unsignedOnes = new TreeSet<>();
        Models models = new Models(context);
        for (ServiceReference<?> operation :
                context.getAllServiceReferences("org.sallyport.front.aws.Operation", null)) {
            String target = (String) operation.getProperty("sallyport.aws.target");
            assertEquals(target, models.of(target).target());
            if (Boolean.FALSE.equals(operation.getProperty("sallyport.aws.signed"))) {
                unsignedOnes.add(target);
            }
        }
        assertEquals(new TreeSet<>(UNSIGNED), unsignedOnes);
        assertTrue("operations are described", models.all().size() > 18);
        List<String> open = new ArrayList<>();
        for (Models.Request request : models.all()) {
            String target = request.target();
            MatrixClient.Answer unsigned = client.aws(request, Optional.empty());
            recorded(target + " unsigned", unsigned, true);
            refused(target + " unsigned", unsigned);
            if (UNSIGNED.contains(target)) {
                continue;
            }
            MatrixClient.Answer denied = client.aws(request, Optional.of(nobody));
            if (EVERYBODYS.contains(target)) {
                assertEquals(target, 200, denied.status());
                recorded(target, denied, false);
            } else if (denied.body().contains("AccessDenied")) {
                decided(target, recorded(target, denied, true));
            } else {
                open.add(target + " by nobody is not denied but " + denied.status() + " " + denied.body());
            }
        }
        assertEquals(List.of(), open);
    }

    @Test
    public void eachRouteOfTheConsoleDeniesByDefaultAndIsRecorded() throws Exception {
        MatrixClient.Console console = client.console(TOKEN);
        List<Described> routes = Described.routes(console.get("/openapi.json"));
        assertTrue("routes are described", routes.size() > 18);
        Set<String> met = new TreeSet<>();
        List<String> undenied = new ArrayList<>();
        for (Described route : routes) {
            MatrixClient.Answer unknown = client.console("no-session").call(route);
            if (route.open()) {
                assertTrue(route.name() + " is open", OPEN.contains(route.name()));
                refused(route.name(), unknown);
            } else {
                assertEquals(route.name() + " without a session: " + unknown.body(), 401, unknown.status());
            }
            recorded(route.name() + " without a session", unknown, true);
            if (!route.open() && !OWN.contains(route.name())) {
                MatrixClient.Answer denied = console.call(route);
                if (denied.status() == 403 && denied.body().contains("access-denied")) {
                    decided(route.name(), recorded(route.name(), denied, true));
                } else {
                    undenied.add(route.name() + " by nobody: " + denied.status() + " " + denied.body());
                }
            }
            met.add(route.name());
        }
        assertEquals(List.of(), undenied);
        assertTrue("each exception is a route: " + OWN, met.containsAll(OWN));
    }

    @Test
    public void bothChannelsDenyByDefaultAndAreRecorded() throws Exception {
        for (String kind : List.of("control-channel/" + NODE, "data-channel/nobody-0123456789abcdef0")) {
            for (Optional<AccessKey> signer : List.of(Optional.<AccessKey>empty(), Optional.of(nobody))) {
                MatrixClient.Answer answer = client.channelToken(kind, signer);
                assertTrue(kind + " gives no token: " + answer.body(), answer.status() >= 400 && answer.status() < 500);
                recorded("POST " + kind, answer, true);
            }
        }
        for (Optional<AccessKey> signer : List.of(Optional.<AccessKey>empty(), Optional.of(nobody))) {
            MatrixClient.Answer upgrade = client.upgrade("control-channel/" + NODE, signer, Optional.empty());
            assertEquals(upgrade.body(), 403, upgrade.status());
            recorded("control channel", upgrade, true);

            MatrixClient.Answer data =
                    client.upgrade("data-channel/nobody-0123456789abcdef0", signer, Optional.empty());
            assertEquals(data.body(), 101, data.status());
            assertTrue("a wrong token is refused: " + data.body(), data.body().contains("channel_closed"));
            recorded("data channel", data, true);
        }
        MatrixClient.Answer foreign = client.upgrade(
                "data-channel/x-0123456789abcdef0", Optional.empty(), Optional.of("https://evil.example"));
        assertEquals(403, foreign.status());
        recorded("a browser's data channel from another page", foreign, true);

        MatrixClient.Answer elsewhere = client.channelToken("other-channel/x", Optional.empty());
        assertEquals(404, elsewhere.status());
        recorded("another path of the channel port", elsewhere, true);
    }

    @Test
    public void whatIsNotThereIsRecorded() throws Exception {
        recorded("GET /", client.send("GET", "/", Map.of(), null), true);
        recorded("nonsense", client.send("POST", "/", Map.of("X-Amz-Target", "AmazonSSM.Nonsense"), "{"), true);
        recorded("no route", client.send("GET", MatrixClient.CONSOLE + "/no/such/route", Map.of(), null), true);
    }

    private static void refused(String what, MatrixClient.Answer answer) {
        assertTrue(what + " is refused: " + answer.body(), answer.status() >= 400 && answer.status() < 500);
    }

    /** The record with the call's own user agent. */
    private static JsonNode recorded(String what, MatrixClient.Answer answer, boolean failed) throws Exception {
        JsonNode record = TrailFolder.awaitEvent(answer.userAgent())
                .orElseThrow(() -> new AssertionError(what + " has no record"));
        assertEquals(what + ": " + record, failed, record.has("errorCode"));
        return record;
    }

    private static void decided(String what, JsonNode record) {
        List<String> outcomes = new ArrayList<>();
        record.at("/additionalEventData/decisions")
                .forEach(d -> outcomes.add(d.path("outcome").asText()));
        assertTrue(what + " was decided: " + record, outcomes.contains("Deny"));
        assertTrue(
                what + " names who asked",
                record.at("/userIdentity/userName").asText().startsWith("nobody"));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
