package org.sallyport.front.aws;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.api.access.AccessKeys.TemporaryCredentials;
import org.sallyport.api.access.Credential;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.access.RoleSessions;

/** Sessions of one role. */
final class FakeSts {
    static final String ROLE = "arn:aws:iam::000000000000:role/Nodes";
    static final TemporaryCredentials CREDENTIALS = new TemporaryCredentials(
            "ASIAEXAMPLEEXAMPLE01", "secret", "token/+=", Instant.parse("2026-03-01T13:00:00Z"));
    static final Principal SESSION = new Principal(
                    "000000000000",
                    PrincipalType.ROLE,
                    "AROAEXAMPLEEXAMPLE01:bob",
                    "bob",
                    "arn:aws:sts::000000000000:assumed-role/Nodes/bob")
            .with(new Credential(
                    Optional.of(CREDENTIALS.accessKeyId()),
                    Optional.of(Instant.EPOCH),
                    Optional.of(CREDENTIALS.expires()),
                    Optional.empty(),
                    Map.of(),
                    Set.of(),
                    Optional.of("robert"),
                    Optional.empty(),
                    List.of(),
                    false));

    private FakeSts() {}

    static Recorder<RoleSessions> sessions() {
        RoleSessions.Assumed assumed = new RoleSessions.Assumed(CREDENTIALS, SESSION, 6);
        return Recorder.of(RoleSessions.class)
                .answering("assumeRole", assumed)
                .answering(
                        "assumeRoleWithWebIdentity",
                        new RoleSessions.WebAssumed(assumed, "subject", "audience", "https://id.example.org"))
                .answering("sessionToken", CREDENTIALS);
    }
}
