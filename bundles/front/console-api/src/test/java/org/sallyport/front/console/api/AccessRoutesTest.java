package org.sallyport.front.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.Listed;
import org.sallyport.api.iam.ManagedPolicies;
import org.sallyport.api.iam.Owner;
import org.sallyport.api.iam.Simulations;
import org.sallyport.api.iam.Tag;
import org.sallyport.api.iam.Tags.Tagged;
import org.sallyport.api.iam.Users.NewUser;
import org.sallyport.api.page.PageRequest;

/** What the pages about access ask reaches the services as it was meant. */
class AccessRoutesTest {
    private static final String ARN = "?arn=" + FakeAccess.POLICY;
    private static final Owner BOB = Owner.user("bob");
    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void listsAreAskedForByNameAndPage() {
        Listed wanted = new Listed("/", "bo%", new PageRequest(7, Optional.of("here")));
        String query = "?text=bo%25&max=7&next=here";

        assertThat(get("/users" + query).body().path("next").asText()).isEqualTo("more");
        get("/groups" + query);
        get("/roles" + query);
        get("/policies" + query + "&scope=account&attached=true");

        assertThat(asked("Users.list")).containsExactly(wanted);
        assertThat(asked("Groups.list")).containsExactly(wanted);
        assertThat(asked("Roles.list")).containsExactly(wanted);
        assertThat(asked("ManagedPolicies.list"))
                .containsExactly(
                        new ManagedPolicies.Wanted(ManagedPolicies.Scope.LOCAL, true, Optional.empty(), wanted));
        assertThat(get("/policies?scope=mine").problem()).isEqualTo("invalid-argument");
        assertThat(get("/users?max=101").problem()).isEqualTo("invalid-argument");
    }

    @Test
    void aUserIsMadeAsWanted() {
        Api.Answer made = call(
                "POST",
                "/users",
                "{\"name\":\"bob\",\"boundary\":\"" + FakeAccess.POLICY + "\",\"tags\":{\"team\":\"blue\"}}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().path("tags").path("team").asText()).isEqualTo("blue");
        assertThat(asked("Users.create"))
                .containsExactly(
                        new NewUser("bob", "/", Optional.of(FakeAccess.POLICY), List.of(new Tag("team", "blue"))));
        assertThat(call("POST", "/users", "{}").problem()).isEqualTo("body-invalid");
    }

    @Test
    void theSecretOfAKeyIsShownOnceAndIsInNoText() {
        Api.Answer made = call("POST", "/users/bob/keys", null);

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().path("secretAccessKey").asText()).isEqualTo(FakeAccess.SECRET);
        assertThat(get("/users/bob/keys").text()).doesNotContain(FakeAccess.SECRET);
        assertThat(new UserKeysResource.MadeKey("AKIA1", FakeAccess.SECRET))
                .asString()
                .doesNotContain("secret");
        assertThat(new UserPasswordResource.WantedPassword("pass".toCharArray()))
                .asString()
                .doesNotContain("pass]");

        call("PUT", "/users/bob/keys/AKIA1", "{\"active\":false}");
        assertThat(asked("UserKeys.update")).containsExactly(Optional.of("bob"), "AKIA1", false);
        assertThat(call("PUT", "/users/bob/keys/AKIA1", "{}").problem()).isEqualTo("body-invalid");
        assertThat(get("/users/bob/keys/AKIA1/use").body().path("service").asText())
                .isEqualTo("ssm");
    }

    @Test
    void aPasswordReachesItsKeeperAndNoRecord() {
        call("PUT", "/users/bob/password", "{\"password\":\"correct horse\"}");

        assertThat(asked("Logins.update")).containsExactly("bob", "correct horse");
        assertThat(api.services.trail.last().subject.name()).isEqualTo("UpdateLoginProfile");
        assertThat(call("POST", "/users/bob/password", "{}").problem()).isEqualTo("body-invalid");
    }

    @Test
    void policiesAreGivenAndTakenFromTheOwnerThatIsNamed() {
        call("PUT", "/users/bob/policies" + ARN, null);
        assertThat(asked("Attachments.attach")).containsExactly(BOB, FakeAccess.POLICY);
        call("DELETE", "/groups/admins/policies" + ARN, null);
        assertThat(asked("Attachments.detach")).containsExactly(Owner.group("admins"), FakeAccess.POLICY);
        call("PUT", "/roles/Nodes/inline/own", "{\"document\":\"{}\"}");
        assertThat(asked("InlinePolicies.put")).containsExactly(Owner.role("Nodes"), "own", "{}");
        call("PUT", "/users/bob/boundary" + ARN, null);
        assertThat(asked("Boundaries.put")).containsExactly(BOB, FakeAccess.POLICY);
        call("DELETE", "/users/bob/boundary", null);
        assertThat(asked("Boundaries.delete")).containsExactly(BOB);
        call("PUT", "/groups/admins/users/bob", null);
        assertThat(asked("Groups.add")).containsExactly("admins", "bob");
        assertThat(call("PUT", "/users/bob/policies", null).problem()).isEqualTo("body-invalid");
        assertThat(api.services.changes)
                .containsExactly(
                        "Attachments.attach",
                        "Attachments.detach",
                        "InlinePolicies.put",
                        "Boundaries.put",
                        "Boundaries.delete",
                        "Groups.add");
    }

    @Test
    void tagsAreSetAndTakenAwayAndAChangeOfNoneIsAskedForToo() {
        call("POST", "/policies/policy/tags" + ARN, "{\"set\":{\"a\":\"b\"},\"remove\":[\"c\"]}");
        assertThat(asked("Tags.remove"))
                .containsExactly(new Tagged(EntityKind.POLICY, FakeAccess.POLICY), List.of("c"));
        assertThat(asked("Tags.put"))
                .containsExactly(new Tagged(EntityKind.POLICY, FakeAccess.POLICY), List.of(new Tag("a", "b")));
        call("POST", "/users/bob/tags", "{}");
        assertThat(asked("Tags.put")).containsExactly(new Tagged(EntityKind.USER, "bob"), List.of());
    }

    @Test
    void aListOfVersionsHoldsNoDocument() {
        assertThat(get("/policies/policy/versions" + ARN).text()).doesNotContain("2012-10-17");
        assertThat(get("/policies/policy/versions/v2" + ARN)
                        .body()
                        .path("document")
                        .asText())
                .isEqualTo(FakeAccess.DOCUMENT);
        call("PUT", "/policies/policy/versions/v1/default" + ARN, null);
        assertThat(asked("ManagedPolicies.setDefault")).containsExactly(FakeAccess.POLICY, "v1");
    }

    @Test
    void aReviewSaysWhatIsWrongAndWhere() {
        Api.Answer review = call("POST", "/policies/review", "{\"document\":\"{\",\"kind\":\"TRUST\"}");

        assertThat(asked("PolicyReviews.review")).containsExactly("TRUST", "{");
        assertThat(review.body().at("/faults/0/line").asInt()).isEqualTo(2);
        assertThat(review.body().at("/faults/0/detail").asText()).isEqualTo("no brace");
        assertThat(review.body().at("/findings/0/startLine").asInt()).isEqualTo(4);
        assertThat(review.body().at("/findings/0/statement").asInt()).isEqualTo(2);
        assertThat(review.body().path("quota").asInt()).isEqualTo(6_144);
    }

    @Test
    void aSimulationIsAskedOfAPrincipalOrOfDocuments() {
        String more =
                "\"actions\":[\"ssm:StartSession\"],\"resources\":[\"*\"],\"context\":{\"aws:SourceIp\":[\"192.0.2.1\"]}}";
        Api.Answer answer = call("POST", "/simulations", "{\"principal\":\"arn:x\"," + more);
        Simulations.Questions questions = new Simulations.Questions(
                List.of("ssm:StartSession"),
                List.of("*"),
                Map.of("aws:SourceIp", List.of("192.0.2.1")),
                Optional.empty(),
                Optional.empty());

        assertThat(asked("Simulations.principal")).containsExactly("arn:x", List.of(), List.of(), questions);
        assertThat(answer.body().at("/results/0/decision/decisive/0/policy").asText())
                .isEqualTo("Shells");
        assertThat(answer.body().at("/results/0/decision/decisive/0/startLine").asInt())
                .isEqualTo(3);
        call("POST", "/simulations", "{\"policies\":[\"{}\"]," + more);
        assertThat(asked("Simulations.custom")).containsExactly(List.of("{}"), List.of(), questions);
    }

    @Test
    void aDenialIsOpenedByItsReference() {
        Api.Answer denial = get("/denials/REFERENCE");

        assertThat(asked("DecisionExplainer.get")).containsExactly("REFERENCE");
        assertThat(denial.body().at("/decision/text").asText()).isEqualTo("Statement NotNow denies.");
        assertThat(denial.body().at("/decision/decisive/0/conditions/0/found/0").asText())
                .isEqualTo("true");
        assertThat(denial.body().at("/context/aws:username/0").asText()).isEqualTo("bob");
    }

    @Test
    void aQuotaThatIsUsedUpIsNothingToWaitFor() {
        api.services.failure = new SallyportException(IamError.LIMIT_EXCEEDED, "Cannot exceed quota for Users: 5000");

        Api.Answer refused = call("POST", "/users", "{\"name\":\"bob\"}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("limit-exceeded");
        assertThat(refused.header("Retry-After")).isEmpty();
    }

    private List<Object> asked(String what) {
        return api.services.asked.get(what);
    }

    private Api.Answer get(String path) {
        Api.Answer answer = call("GET", path, null);
        assertThat(answer.status()).as(path + ": " + answer).isIn(200, 400);
        return answer;
    }

    private Api.Answer call(String method, String path, String body) {
        return api.call(method, path, Api.page(api.services.session("admin")), body);
    }
}
