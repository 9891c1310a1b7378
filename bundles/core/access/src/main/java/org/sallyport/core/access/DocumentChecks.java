package org.sallyport.core.access;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.PolicyReviews.Review;
import org.sallyport.spi.access.PolicyCheck;
import org.sallyport.spi.access.PolicyKind;
import org.sallyport.spi.access.PolicyLanguage;

/** Lets documents be stored only if the policy language accepts them. */
@Component(service = DocumentChecks.class)
public final class DocumentChecks {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private final AdapterSlot<PolicyLanguage> language = new AdapterSlot<>("policy-language");

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindLanguage(PolicyLanguage adapter) {
        language.bind(adapter);
    }

    void unbindLanguage(PolicyLanguage adapter) {
        language.unbind(adapter);
    }

    @Deactivate
    void deactivate() {
        language.close();
    }

    /**
     * @return the document's size as quotas count it
     * @throws SallyportException {@code MALFORMED_POLICY_DOCUMENT}, {@code LIMIT_EXCEEDED}, {@code SERVICE_FAILURE}
     */
    int check(PolicyKind kind, String document) {
        PolicyCheck check = call(adapter -> adapter.check(kind, document));
        check.problem().ifPresent(problem -> {
            boolean large = problem.kind() == PolicyCheck.Kind.TOO_LARGE;
            throw IamErrors.of(
                    large ? IamError.LIMIT_EXCEEDED : IamError.MALFORMED_POLICY_DOCUMENT,
                    problem.detail().isEmpty() || large
                            ? problem.message()
                            : problem.message() + " (" + problem.detail() + ")");
        });
        return check.characters();
    }

    /** A document that is given to a simulation. */
    void checkInput(String name, PolicyKind kind, String document) {
        call(adapter -> adapter.check(kind, document)).problem().ifPresent(problem -> {
            throw IamErrors.of(
                    IamError.INVALID_INPUT,
                    "%s is invalid: %s (%s)".formatted(name, problem.message(), problem.detail()));
        });
    }

    Review review(PolicyKind kind, String document) {
        return call(adapter -> {
            PolicyCheck check = adapter.check(kind, document);
            return new Review(
                    check,
                    kind.quota().orElse(0),
                    check.problem().isEmpty() ? adapter.lint(kind, document) : List.of());
        });
    }

    List<String> contextKeys(List<String> documents) {
        return call(adapter -> adapter.contextKeys(documents));
    }

    private <R> R call(Function<PolicyLanguage, R> question) {
        try {
            return language.call(LIMIT, question);
        } catch (SallyportException e) {
            throw new SallyportException(IamError.SERVICE_FAILURE, e.getMessage() + " Try again in a moment.", e);
        }
    }
}
