package org.sallyport.front.console.api;

import java.time.Instant;
import java.util.Optional;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessKeys.TemporaryCredentials;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.SecondFactors;
import org.sallyport.api.access.TemporaryLogins;
import org.sallyport.api.access.WebSessions;
import org.sallyport.api.edge.Enrolment;
import org.sallyport.api.error.SallyportException;

/** Sessions and logins of who knows the password. */
final class FakeSignIn {
    private final FakeServices all;

    FakeSignIn(FakeServices all) {
        this.all = all;
    }

    WebSessions webSessions() {
        return new WebSessions() {
            @Override
            public Opened signIn(Attempt attempt) {
                if (attempt.userName().equals("tired")) {
                    throw new SallyportException(AccessError.TOO_MANY_TRIES, "too many");
                }
                if (!FakeServices.PASSWORD.equals(new String(attempt.password()))) {
                    throw new SallyportException(AccessError.CREDENTIAL_REJECTED, "The name or password is wrong.");
                }
                if (all.secondFactor && attempt.code().isEmpty()) {
                    throw new SallyportException(AccessError.CODE_REQUIRED, "Type the code.");
                }
                all.change("signIn", attempt.userName(), attempt.source());
                String token = "token-" + all.changes.size();
                all.signedIn.put(token, all.web(token, attempt.userName()));
                return new Opened(token, all.signedIn.get(token));
            }

            @Override
            public WebSession find(String token) {
                if (!holds(token)) {
                    throw new SallyportException(AccessError.SIGNED_OUT, "Sign in.");
                }
                return all.signedIn.get(token);
            }

            @Override
            public boolean holds(String token) {
                return all.signedIn.containsKey(token);
            }

            @Override
            public void signOut(String token) {
                all.signedIn.remove(token);
                all.change("signOut", token);
            }

            @Override
            public void signOutEverywhere(String token) {
                all.signedIn.clear();
                all.change("signOutEverywhere", token);
            }
        };
    }

    TemporaryLogins logins() {
        return new TemporaryLogins() {
            @Override
            public Login signIn(WebSessions.Attempt attempt, Optional<java.time.Duration> lifetime) {
                Principal person = webSessions().signIn(attempt).session().principal();
                all.change("login", person.name(), lifetime);
                return new Login(person, new TemporaryCredentials("ASIA1", "secret", "token", Instant.EPOCH));
            }

            @Override
            public void end(String accessKeyId, String sessionToken) {
                all.change("end", accessKeyId, sessionToken);
            }

            @Override
            public void endEverywhere(String accessKeyId, String sessionToken) {
                if (!sessionToken.equals("token")) {
                    throw new SallyportException(AccessError.SIGNED_OUT, "Sign in.");
                }
                all.change("endEverywhere", accessKeyId, sessionToken);
            }
        };
    }

    SecondFactors secondFactors() {
        return new SecondFactors() {
            @Override
            public boolean on(Principal person) {
                return all.secondFactor;
            }

            @Override
            public Enrolment begin(Principal person) {
                all.change("begin", person.name());
                return new Enrolment("SECRET", "otpauth://totp/Sallyport:x?secret=SECRET");
            }

            @Override
            public void confirm(Principal person, String code) {
                all.change("confirm", person.name(), code);
            }

            @Override
            public void remove(Principal person, String code) {
                all.change("remove", person.name(), code);
            }

            @Override
            public void reset(Principal caller, String userName) {
                all.ask(caller, () -> all.change("reset", userName));
            }
        };
    }
}
