package org.sallyport.front.aws;

import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.access.RequestVerifier;
import org.sallyport.api.access.VerifiedCaller;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.error.SallyportException;
import org.sallyport.protocol.sigv4.Authorization;
import org.sallyport.protocol.sigv4.HttpRequestView;
import org.sallyport.protocol.sigv4.SigV4Verifier;
import org.sallyport.protocol.sigv4.SignatureFormatException;

/** Verifies real signatures of one key. */
final class KnownKeyVerifier implements RequestVerifier {
    static final String KEY = "AKIAEXAMPLEEXAMPLE00";
    static final String SECRET = "secret/of+the/example+key000000000000000";
    static final Principal CALLER = new Principal(
            "000000000000", PrincipalType.USER, "AIDAEXAMPLE", "carol", "arn:aws:iam::000000000000:user/carol");

    @Override
    public VerifiedCaller verify(WireRequest request, String service) {
        HttpRequestView view = new HttpRequestView(
                request.method(), request.rawPath(), request.rawQuery(), request.headers(), request.body());
        if (!Authorization.present(view)) {
            throw new SallyportException(AccessError.AUTHENTICATION_MISSING, "Missing Authentication Token");
        }
        Authorization authorization = parse(view);
        if (!authorization.accessKeyId().equals(KEY)) {
            throw new SallyportException(AccessError.KEY_UNKNOWN, "The security token is invalid.");
        }
        if (!authorization.service().equals(service) || !SigV4Verifier.hmacMatches(view, authorization, SECRET)) {
            throw new SallyportException(AccessError.SIGNATURE_WRONG, "The signature does not match");
        }
        return new VerifiedCaller(CALLER, KEY, authorization.region(), authorization.service());
    }

    private static Authorization parse(HttpRequestView view) {
        try {
            return Authorization.parse(view);
        } catch (SignatureFormatException e) {
            throw new SallyportException(AccessError.SIGNATURE_INCOMPLETE, e.getMessage(), e);
        }
    }
}
