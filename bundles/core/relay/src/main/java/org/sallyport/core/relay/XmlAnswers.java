package org.sallyport.core.relay;

import org.sallyport.api.access.AccessError;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.ErrorCode;
import org.sallyport.api.error.Kind;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.session.SessionError;
import org.sallyport.api.transport.ChannelEndpoint.Answer;

/** Answers of the channel port's plain requests, in the XML that agents read (node-agent specification, 5.1, 5.2 and 6.5). */
final class XmlAnswers {
    private static final String TYPE = "application/xml";
    private static final String NAMESPACE = "http://ssmmessages.amazonaws.com/doc/2017-10-01/";

    private XmlAnswers() {}

    /** Status 201, the only one that agents take. {@code operation} for instance {@code CreateControlChannel}. */
    static Answer created(String operation, String token) {
        return new Answer(
                201,
                TYPE,
                ("<%1$sResponse xmlns=\"" + NAMESPACE + "\"><MessageSchemaVersion>1.0</MessageSchemaVersion>"
                                + "<TokenValue>%2$s</TokenValue></%1$sResponse>")
                        .formatted(operation, escape(token)));
    }

    static Answer error(SallyportException e) {
        String name = name(e.code());
        String message = e.code().kind() == Kind.INTERNAL ? "The server failed; its log says why." : e.getMessage();
        return error(status(e), name, message);
    }

    /** Agents look for {@code <AccessDeniedException>} in the text, so the element has the error's name and no attributes. */
    static Answer error(int status, String name, String message) {
        return new Answer(status, TYPE, "<%1$s><Message>%2$s</Message></%1$s>".formatted(name, escape(message)));
    }

    /** As agents know it. */
    static String name(ErrorCode code) {
        if (code instanceof AccessError access) {
            return switch (access) {
                case AUTHENTICATION_MISSING -> "MissingAuthenticationTokenException";
                case SIGNATURE_INCOMPLETE -> "IncompleteSignatureException";
                case KEY_UNKNOWN -> "UnrecognizedClientException";
                case SIGNATURE_WRONG, CLOCK_SKEWED -> "InvalidSignatureException";
                case TOKEN_EXPIRED -> "ExpiredTokenException";
                default -> "AccessDeniedException";
            };
        }
        if (code == NodeError.NODE_UNKNOWN || code == SessionError.SESSION_UNKNOWN) {
            return "ResourceNotFoundException";
        }
        if (code == CommonError.SERVICE_AWAY) {
            return "ServiceUnavailableException";
        }
        return switch (code.kind()) {
            case INVALID, CONFLICT -> "ValidationException";
            case UNAUTHENTICATED, DENIED -> "AccessDeniedException";
            case ABSENT -> "ResourceNotFoundException";
            case EXHAUSTED -> "ThrottlingException";
            case UNAVAILABLE -> "ServiceUnavailableException";
            case INTERNAL -> "InternalServerException";
        };
    }

    private static int status(SallyportException e) {
        return switch (e.code().kind()) {
            case INVALID, CONFLICT -> 400;
            case UNAUTHENTICATED, DENIED -> 403;
            case ABSENT -> 404;
            case EXHAUSTED -> 429;
            case UNAVAILABLE -> 503;
            case INTERNAL -> 500;
        };
    }

    /** Text for an element's content; characters that XML 1.0 does not know become a question mark. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&apos;");
                default -> {
                    boolean known = c == '\t'
                            || c == '\n'
                            || (c >= 0x20 && c < 0xd800)
                            || (c >= 0xe000 && c != 0xfffe && c != 0xffff);
                    out.appendCodePoint(known ? c : '?');
                }
            }
        });
        return out.toString();
    }
}
