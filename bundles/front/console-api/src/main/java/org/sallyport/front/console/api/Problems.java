package org.sallyport.front.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.WebSessions;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.ErrorCode;
import org.sallyport.api.error.Kind;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.session.SessionError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where failures become answers. */
final class Problems implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String TYPE = "urn:sallyport:problem:";

    /** Where the kind alone would mislead. */
    private static final Map<ErrorCode, Integer> STATUS = Map.of(
            SessionError.TARGET_NOT_CONNECTED, 409,
            SessionError.TIER_REFUSED, 409,
            IamError.LIMIT_EXCEEDED, 409,
            RequestError.BODY_TOO_LARGE, 413,
            RequestError.BODY_LATE, 408);

    @Override
    public Response toResponse(Throwable failure) {
        String reference = UUID.randomUUID().toString();
        if (failure instanceof SallyportException known && known.code().kind() != Kind.INTERNAL) {
            LOG.debug("Request {} refused: {}", reference, known.code().name(), known);
            return refusal(reference, known);
        }
        if (failure instanceof JsonProcessingException invalid) {
            String unread = unread(invalid);
            LOG.debug("Request {} refused: {}", reference, unread);
            return answer(reference, name(RequestError.BODY_INVALID), 400, unread);
        }
        if (failure instanceof WebApplicationException web && web.getResponse().getStatus() < 500) {
            return byStatus(reference, web.getResponse());
        }
        LOG.error("Request {} failed by a defect of the server", reference, failure);
        return answer(
                reference,
                name(CommonError.INTERNAL),
                500,
                "The server failed at this request; its log says more under " + reference + ".");
    }

    /** A problem's name as it stands in its type. */
    static String name(ErrorCode code) {
        // one text and one name for an unknown user and a wrong password
        return code == AccessError.CREDENTIAL_REJECTED
                ? "credentials-rejected"
                : code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Response refusal(String reference, SallyportException refusal) {
        ErrorCode code = refusal.code();
        int status = STATUS.getOrDefault(code, status(code.kind()));
        Response answer = answer(reference, name(code), status, refusal.getMessage());
        if (code == AccessError.TOO_MANY_TRIES) {
            answer.getHeaders().putSingle("Retry-After", WebSessions.LONGEST_WAIT.toSeconds());
        } else if (status == 503) {
            answer.getHeaders().putSingle("Retry-After", 1);
        }
        return answer;
    }

    private static int status(Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case UNAUTHENTICATED -> 401;
            case DENIED -> 403;
            case ABSENT -> 404;
            case CONFLICT -> 409;
            case EXHAUSTED -> 429;
            case UNAVAILABLE -> 503;
            case INTERNAL -> 500;
        };
    }

    private static Response byStatus(String reference, Response refused) {
        int status = refused.getStatus();
        String name =
                switch (status) {
                    case 404 -> "not-found";
                    case 405 -> "method-not-allowed";
                    case 406 -> "not-acceptable";
                    case 415 -> "media-type-unsupported";
                    default -> "request-invalid";
                };
        String detail =
                switch (status) {
                    case 404 -> "There is nothing at this path; openapi.json lists what there is.";
                    case 405 -> "This path does not take this method; openapi.json lists what it takes.";
                    case 415 -> "The body must be application/json.";
                    default -> "The request cannot be understood; openapi.json says how it must look.";
                };
        return answer(reference, name, status, detail);
    }

    /** Where it went wrong, without what stood there: it may be a password. */
    private static String unread(JsonProcessingException invalid) {
        String at = invalid instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(part -> part.getFieldName() == null ? "" + part.getIndex() : part.getFieldName())
                        .limit(8)
                        .collect(Collectors.joining("."))
                : "";
        return "The body is not JSON of the shape that openapi.json describes"
                + (at.isEmpty() ? "." : "; see " + at.substring(0, Math.min(at.length(), 100)) + ".");
    }

    private static Response answer(String reference, String name, int status, String detail) {
        String words = name.replace('-', ' ');
        String title = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        return Response.status(status)
                .type(Problem.MEDIA_TYPE)
                .entity(new Problem(TYPE + name, title, status, detail, reference))
                .build();
    }
}
