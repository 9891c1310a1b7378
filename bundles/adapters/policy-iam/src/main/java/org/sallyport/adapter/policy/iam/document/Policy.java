package org.sallyport.adapter.policy.iam.document;

import java.util.ArrayList;
import java.util.List;
import org.sallyport.spi.access.PolicyKind;

/** A compiled policy document. Immutable, so any number of threads may use it. */
public record Policy(List<Statement> statements) {

    public Policy {
        statements = List.copyOf(statements);
    }

    /**
     * Reads, checks and compiles a document; its size is not judged here, but see {@link DocumentReader} for the bounds of any document.
     *
     * @param kind what the document is for: principals stand in trust policies only, and so on
     */
    public static Policy parse(PolicyKind kind, String text) throws MalformedPolicyException {
        RawDocument document = DocumentReader.read(text);
        DocumentRules.check(kind, document);
        List<Statement> statements = new ArrayList<>();
        for (RawStatement statement : document.statements()) {
            statements.add(StatementCompiler.compile(statement, document.hasVariables()));
        }
        return new Policy(statements);
    }
}
