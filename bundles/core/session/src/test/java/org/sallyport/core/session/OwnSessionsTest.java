package org.sallyport.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.api.access.Principal;
import org.sallyport.api.iam.Owner;
import org.sallyport.api.iam.User;
import org.sallyport.api.iam.Users.NewUser;
import org.sallyport.api.session.Sessions.StartRequest;
import org.sallyport.core.access.RealAccess;

/** Rights to sessions that exist, with real policies in the forms that AWS documents. */
@Tag("store")
class OwnSessionsTest {
    @TempDir
    Path folder;

    private Fixture f;
    private RealAccess access;

    @BeforeEach
    void open() {
        f = new Fixture(folder);
        access = f.realAccess();
    }

    @AfterEach
    void close() {
        access.close();
        f.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob", "bob.smith@example.org"})
    void aPatternWithTheUsersNameOrIdMeansOnesOwnSessionsAlone(String name) {
        for (String variable : new String[] {"${aws:username}", "${aws:userid}"}) {
            String rights = start() + ","
                    + allow(
                            "[\"ssm:TerminateSession\",\"ssm:ResumeSession\"]",
                            "arn:aws:ssm:*:*:session/" + variable + "-*",
                            "");
            Principal bob = user(name, rights);
            // a name that begins with the other one
            Principal longer = user(name + "-admin", rights);
            String own = start(bob);
            String other = start(longer);

            assertThat(f.engine.ownership().resume(bob, own).token()).isPresent();
            assertDenied(() -> f.engine.ownership().resume(bob, other));
            assertDenied(() -> f.engine.ownership().terminate(bob, other));
            f.engine.ownership().terminate(bob, own);
            f.engine.ownership().terminate(longer, other);
            assertThat(f.row(own).state().over()).isTrue();
            assertThat(f.row(other).state().over()).isTrue();
        }
    }

    @Test
    void theSystemTagsOfASessionSayWhoseItIsAndOnWhat() {
        String owner = allow(
                "\"ssm:TerminateSession\"",
                "*",
                "{\"StringLike\":{\"ssm:resourceTag/aws:ssmmessages:session-id\":\"${aws:userid}\"}}");
        Principal bob = user("bob", start() + "," + owner);
        Principal carol = user("carol", start());
        Principal guard = user(
                "guard",
                allow(
                        "\"ssm:TerminateSession\"",
                        "*",
                        "{\"StringEquals\":{\"aws:ResourceTag/aws:ssmmessages:target-id\":\"" + Fixture.NODE_ID
                                + "\"}}"));
        String bobs = start(bob);
        String carols = start(carol);

        assertDenied(() -> f.engine.ownership().terminate(bob, carols));
        f.engine.ownership().terminate(bob, bobs);
        f.engine.ownership().terminate(guard, carols);
        assertThat(f.row(carols).state().over()).isTrue();
    }

    @Test
    void whoMayEndAllEndsAlsoThoseOfNamesThatBeginWithHis() {
        Principal bob = user("bob", allow("\"ssm:TerminateSession\"", "arn:aws:ssm:*:*:session/*", ""));
        Principal longer = user("bob-admin", start());
        String id = start(longer);

        f.engine.ownership().terminate(bob, id);

        assertThat(f.row(id).state().over()).isTrue();
    }

    @Test
    void aDenialOfOneNameOfASessionCannotBePassedByAnother() {
        Principal bob = user(
                "bob",
                start() + "," + allow("\"ssm:*\"", "*", "") + ","
                        + allow("\"ssm:ResumeSession\"", "arn:aws:ssm:*:*:session/${aws:userid}-*", "")
                                .replace("Allow", "Deny"));
        String id = start(bob);

        assertDenied(() -> f.engine.ownership().resume(bob, id));
    }

    @Test
    void tellsNobodyWhichSessionsExist() {
        Principal bob = user("bob", start());
        Principal nosy = user("nosy", start());
        String id = start(bob);
        String gone = "bob-" + "0".repeat(17);

        String there = denial(() -> f.engine.ownership().terminate(nosy, id));
        String notThere = denial(() -> f.engine.ownership().terminate(nosy, gone));

        assertThat(there.replace(id, "ID")).isEqualTo(notThere.replace(gone, "ID"));
    }

    private String start(Principal who) {
        return f.engine
                .starting()
                .start(who, new StartRequest(Fixture.NODE_ID, Optional.empty(), Optional.empty(), Map.of()))
                .sessionId();
    }

    private Principal user(String name, String statements) {
        try {
            access.inline().delete(access.admin(), Owner.user(name), "own");
            access.users().delete(access.admin(), name);
        } catch (org.sallyport.api.error.SallyportException e) {
            // not there yet
        }
        User user = access.users().create(access.admin(), NewUser.named(name));
        access.inline()
                .put(
                        access.admin(),
                        Owner.user(name),
                        "own",
                        "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}");
        return new Principal(
                "123456789012", org.sallyport.api.access.PrincipalType.USER, user.id(), user.name(), user.arn());
    }

    private static String start() {
        return allow("\"ssm:StartSession\"", "*", "");
    }

    private static String allow(String actions, String resource, String condition) {
        return "{\"Effect\":\"Allow\",\"Action\":" + actions + ",\"Resource\":\"" + resource + "\""
                + (condition.isEmpty() ? "" : ",\"Condition\":" + condition) + "}";
    }

    private static void assertDenied(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).hasMessageContaining("is not authorized to perform");
    }

    private static String denial(Runnable call) {
        try {
            call.run();
            throw new AssertionError("it is allowed");
        } catch (org.sallyport.api.error.SallyportException e) {
            return e.getMessage().replaceAll(" \\(reference .*", "");
        }
    }
}
