package org.sallyport.agent.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/** What a machine shows to be let in. {@code toString} hides what is secret of it. */
public sealed interface Credential {

    /** Puts it into the request. */
    void into(ObjectNode request);

    /**
     * The id and code of a hybrid activation.
     *
     * @param id 36 characters
     * @param code 20 to 250 characters, secret
     */
    record Activation(String id, String code) implements Credential {
        private static final Pattern ID = Pattern.compile("[0-9a-fA-F-]{36}");
        private static final Pattern CODE = Pattern.compile("[\\x21-\\x7e]{20,250}");

        /** @throws IllegalArgumentException a part is malformed; the text says which, and holds no code */
        public Activation {
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException("The activation id must be a UUID of 36 characters");
            }
            if (!CODE.matcher(code).matches()) {
                throw new IllegalArgumentException("The activation code must have 20 to 250 printable characters");
            }
        }

        @Override
        public void into(ObjectNode request) {
            request.put("ActivationId", id).put("ActivationCode", code);
        }

        @Override
        public String toString() {
            return "activation " + id;
        }
    }

    /**
     * A document that somebody signed whom the server trusts.
     *
     * @param method the server's name for it, for instance {@code cloud} or {@code oidc}
     * @param document 1 to 16,384 characters, secret
     */
    record Proof(String method, String document) implements Credential {
        /** Longest document. */
        public static final int MOST = 16 * 1024;

        private static final Pattern METHOD = Pattern.compile("[A-Za-z0-9-]{1,64}");

        /** @throws IllegalArgumentException a part is malformed; the text says which, and holds nothing of the document */
        public Proof {
            if (!METHOD.matcher(method).matches()) {
                throw new IllegalArgumentException("The way of proof must have 1 to 64 letters, digits and dashes");
            }
            if (document.isEmpty() || document.length() > MOST) {
                throw new IllegalArgumentException("The document must have 1 to " + MOST + " characters");
            }
        }

        @Override
        public void into(ObjectNode request) {
            request.put("ProofMethod", method).put("Proof", document);
        }

        @Override
        public String toString() {
            return "proof by " + method;
        }
    }
}
