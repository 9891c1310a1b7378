package org.sallyport.spi.access;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What can be said of policy documents without a request: whether they may be stored, what they ask for, and what is wrong with them.
 *
 * <p>Called by the owner of the policies before it stores one, and for lists in the console. Register it beside the {@link Authorizer} that decides
 * by the same documents, with the same {@code service.ranking}. Absent, no policy can be stored. Any thread; the calls are pure and
 * take time in proportion to the document. Documents are not secret.
 */
@ConsumerType
public interface PolicyLanguage {

    /**
     * Judges a document that is to be stored, by AWS's rules.
     *
     * @param document the text as it came, of any length
     */
    PolicyCheck check(PolicyKind kind, String document);

    /**
     * Known mistakes and roads to more rights; none for a document that is malformed.
     *
     * @param document the text as it came, of any length
     */
    List<PolicyFinding> lint(PolicyKind kind, String document);

    /**
     * The condition keys that documents ask for, those of policy variables included; sorted, each once whatever its case. A document that is
     * malformed asks for none.
     */
    List<String> contextKeys(List<String> documents);
}
