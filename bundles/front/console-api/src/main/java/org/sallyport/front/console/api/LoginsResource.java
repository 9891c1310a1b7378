package org.sallyport.front.console.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.sallyport.api.access.AccessKeys.TemporaryCredentials;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.TemporaryLogins.Login;
import org.sallyport.api.access.WebSessions.Attempt;

/** Signing in with a command line: for a name and a password, temporary credentials that sign requests to the AWS-shaped API. */
@Path("logins")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class LoginsResource {
    private final Services services;

    LoginsResource(Services services) {
        this.services = services;
    }

    /**
     * Who signs in. {@code toString} hides password and code.
     *
     * @param minutes how long it shall hold; null for as long as the server allows
     */
    record Wanted(String user, char[] password, @Maybe String code, @Maybe Integer minutes) {
        @Override
        public String toString() {
            return "Wanted[]";
        }
    }

    /** Temporary credentials, and what else a program needs to use them. {@code toString} hides secret and token. */
    record Issued(
            String accessKeyId,
            String secretAccessKey,
            String sessionToken,
            String expiresAt,
            String region,
            String user,
            String arn) {
        @Override
        public String toString() {
            return "Issued[" + accessKeyId + "]";
        }
    }

    /** Which credentials end, with the proof that they are the caller's; {@code everywhere} ends the person's others too. */
    record Ending(String accessKeyId, String sessionToken, @Maybe Boolean everywhere) {
        @Override
        public String toString() {
            return "Ending[" + accessKeyId + "]";
        }
    }

    @POST
    @Open(programs = true)
    @Consumes(MediaType.APPLICATION_JSON)
    public Issued signIn(Wanted wanted, @Context HttpServletRequest servlet) {
        char[] password = Inputs.required(Inputs.body(wanted).password(), "password");
        try {
            Login login = services.logins()
                    .signIn(
                            new Attempt(
                                    Inputs.required(wanted.user(), "user"),
                                    password,
                                    Inputs.text(wanted.code()),
                                    // the socket's peer: forwarded headers are for anybody to write
                                    servlet.getRemoteAddr()),
                            Optional.ofNullable(wanted.minutes()).map(Duration::ofMinutes));
            TemporaryCredentials issued = login.credentials();
            Principal person = login.person();
            servlet.setAttribute(AuditedCalls.PERSON, person);
            return new Issued(
                    issued.accessKeyId(),
                    issued.secretAccessKey(),
                    issued.sessionToken(),
                    issued.expires().toString(),
                    services.address().region(),
                    person.name(),
                    person.arn());
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    @DELETE
    @Open(programs = true)
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 204)
    public void signOut(Ending ending) {
        String key = Inputs.required(Inputs.body(ending).accessKeyId(), "accessKeyId");
        String token = Inputs.required(ending.sessionToken(), "sessionToken");
        if (Boolean.TRUE.equals(ending.everywhere())) {
            services.logins().endEverywhere(key, token);
        } else {
            services.logins().end(key, token);
        }
    }
}
