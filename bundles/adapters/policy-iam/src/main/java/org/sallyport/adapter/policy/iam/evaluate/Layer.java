package org.sallyport.adapter.policy.iam.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sallyport.adapter.policy.iam.document.Policy;
import org.sallyport.adapter.policy.iam.document.Statement;
import org.sallyport.spi.access.PolicyLayer;

/**
 * Documents that count together: a request is allowed when a statement of one of them allows it and none of any denies it. Immutable after its
 * constructor.
 */
public final class Layer {
    private final List<Placed> statements;
    private final ActionIndex index = new ActionIndex();

    public Layer(PolicyLayer name, List<Policy> policies) {
        List<Placed> placed = new ArrayList<>();
        for (int document = 0; document < policies.size(); document++) {
            List<Statement> own = policies.get(document).statements();
            for (int number = 0; number < own.size(); number++) {
                index.add(own.get(number), placed.size());
                placed.add(new Placed(name, document, number, own.get(number)));
            }
        }
        statements = List.copyOf(placed);
    }

    public List<Placed> statements() {
        return statements;
    }

    /** The statement that decides: one that denies, or else one that allows; empty when none matches. */
    public Optional<Placed> decide(Question question) {
        Scan scan = new Scan(question);
        index.find(question.action(), question.resource(), scan);
        return Optional.ofNullable(scan.denied == null ? scan.allowed : scan.denied);
    }

    /** Looks at candidates until one denies. */
    private final class Scan implements Consumer<Numbers> {
        private final Question question;
        private Placed allowed;
        private Placed denied;

        Scan(Question question) {
            this.question = question;
        }

        @Override
        public void accept(Numbers numbers) {
            for (int i = 0; i < numbers.size() && denied == null; i++) {
                Placed placed = statements.get(numbers.get(i));
                Statement statement = placed.statement();
                if (statement.allow() && allowed != null) {
                    continue;
                }
                if (statement.actions().match(question.action())
                        && statement.matchesResource(question.resource(), question.context())
                        && statement.conditionsHold(question.context())) {
                    if (statement.allow()) {
                        allowed = placed;
                    } else {
                        denied = placed;
                    }
                }
            }
        }
    }
}
