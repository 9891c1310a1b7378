package org.sallyport.front.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sallyport.api.audit.EventType;
import org.sallyport.api.audit.Weight;
import org.sallyport.test.contract.KeptTrail;

/** What is done in the console is told to the trail, and what needs its record is refused without. */
class AuditTest {
    private static final String START = "{\"target\":\"" + FakeServices.NODE + "\",\"reason\":\"look\"}";
    private static final String LOGIN = "{\"password\":\"%s\",\"user\":\"admin\"}";

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aChangeIsToldBeforeAndAfter() {
        Api.Answer answer = api.call("POST", "/sessions", Api.page(api.services.session("admin")), START);

        KeptTrail.Told told = api.services.trail.last();
        assertThat(answer.status()).isEqualTo(201);
        assertThat(told.subject.name()).isEqualTo("StartSession");
        assertThat(told.subject.source()).isEqualTo("ssm.amazonaws.com");
        assertThat(told.subject.type()).isEqualTo(EventType.CONSOLE_ACTION);
        assertThat(told.weight).isEqualTo(Weight.CHANGES);
        assertThat(told.actor.principal().orElseThrow().name()).isEqualTo("admin");
        assertThat(told.begun && told.answered && told.closed).isTrue();
        assertThat(told.parameters).containsEntry("reason", "look").containsEntry("target", FakeServices.NODE);
        assertThat(told.response).containsKey("sessionId");
    }

    @Test
    void aSignInIsToldWithItsNameAndWithoutItsPassword() {
        api.call("POST", "/session", Api.page(), LOGIN.formatted(FakeServices.PASSWORD));

        KeptTrail.Told told = api.services.trail.last();
        assertThat(told.subject.name()).isEqualTo("ConsoleLogin");
        assertThat(told.subject.type()).isEqualTo(EventType.CONSOLE_SIGN_IN);
        assertThat(told.actor.principal().orElseThrow().name()).isEqualTo("admin");
        assertThat(told.parameters).isEmpty();
        assertThat(told.response).isEmpty();
        assertThat(told.failure).isEmpty();
    }

    @Test
    void aCommandLinesSignInAndOutAreTold() {
        api.call("POST", "/logins", Map.of(), LOGIN.formatted(FakeServices.PASSWORD));
        KeptTrail.Told in = api.services.trail.last();
        assertThat(in.subject.name()).isEqualTo("CommandLineLogin");
        assertThat(in.actor.userName()).contains("admin");
        assertThat(in.parameters).isEmpty();
        assertThat(in.response).containsEntry("accessKeyId", "ASIA1");

        api.call("DELETE", "/logins", Map.of(), "{\"accessKeyId\":\"ASIA1\",\"sessionToken\":\"token\"}");
        KeptTrail.Told out = api.services.trail.last();
        assertThat(out.subject.name()).isEqualTo("CommandLineLogout");
        assertThat(out.parameters).containsOnly(Map.entry("accessKeyId", "ASIA1"));
    }

    @Test
    void aFailedSignInIsToldWithTheNameThatWasGiven() {
        api.call("POST", "/session", Api.page(), LOGIN.formatted("wrong"));

        KeptTrail.Told told = api.services.trail.last();
        assertThat(told.actor.userName()).contains("admin");
        assertThat(told.actor.unknown()).isTrue();
        assertThat(told.failure.orElseThrow().code()).isEqualTo("credentials-rejected");
    }

    @Test
    void withoutItsRecordAChangeIsNotDone() {
        String token = api.services.session("admin");
        api.services.trail.full = true;

        Api.Answer answer = api.call("POST", "/sessions", Api.page(token), START);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("audit-unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(api.services.changes).isEmpty();
        assertThat(api.call("GET", "/sessions", Api.page(token), null).status()).isEqualTo(200);
    }

    @Test
    void withoutItsRecordASignInGivesNothing() {
        api.services.trail.full = true;

        Api.Answer answer = api.call("POST", "/session", Api.page(), LOGIN.formatted(FakeServices.PASSWORD));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(answer.body().has("csrf")).isFalse();

        Api.Answer login = api.call("POST", "/logins", Map.of(), LOGIN.formatted(FakeServices.PASSWORD));
        assertThat(login.status()).isEqualTo(503);
        assertThat(login.body().has("secretAccessKey")).isFalse();
    }

    @Test
    void whatIsNotThereIsToldToo() {
        api.call("GET", "/nothing", Map.of(), null);
        assertThat(api.services.trail.last().failure.orElseThrow().code()).isEqualTo("not-found");

        api.call("PUT", "/sessions", Api.page(api.services.session("admin")), "{}");
        assertThat(api.services.trail.last().failure.orElseThrow().code()).isEqualTo("method-not-allowed");
    }
}
