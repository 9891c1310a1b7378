package org.sallyport.core.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.DecisionExplainer;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Transactions;

/** Opens denials for administrators. */
@Component(service = DecisionExplainer.class)
public final class StoredDecisions implements DecisionExplainer {
    private static final Pattern REFERENCE = Pattern.compile("[A-Z2-7]{20}");
    private static final Pattern KEY = Pattern.compile("([0-9]{1,18}):([A-Z2-7]{20})");
    private final Transactions transactions;
    private final DecisionPoint decisions;
    private final Principals names;

    @Activate
    public StoredDecisions(
            @Reference Transactions transactions,
            @Reference DecisionPoint decisions,
            @Reference ServerAddress address,
            @Reference(target = StoredAccessKeys.SCHEMA) Schema schema) {
        this(transactions, decisions, Principals.of(address));
    }

    StoredDecisions(Transactions transactions, DecisionPoint decisions, Principals names) {
        this.transactions = transactions;
        this.decisions = decisions;
        this.names = names;
    }

    @Override
    public Denial get(Principal caller, String reference) {
        decisions.require(new AccessRequest(caller, "sallyport:GetDecision", names.decisionArn(reference)));
        if (!REFERENCE.matcher(reference).matches()) {
            throw unknown();
        }
        return transactions
                .run(connection -> DenialTable.find(connection, reference))
                .map(DenialText::read)
                .orElseThrow(StoredDecisions::unknown);
    }

    @Override
    public Page<Denial> list(Principal caller, Optional<String> principal, PageRequest page) {
        decisions.require(new AccessRequest(caller, "sallyport:ListDecisions", "*"));
        Optional<DenialTable.Row> before = before(Markers.after(page));
        List<DenialTable.Row> rows =
                transactions.run(connection -> DenialTable.page(connection, principal, before, Markers.rows(page)));
        return Markers.page(rows, page, row -> row.at().toEpochMilli() + ":" + row.reference(), DenialText::read);
    }

    private static Optional<DenialTable.Row> before(String key) {
        if (key.isEmpty()) {
            return Optional.empty();
        }
        Matcher parts = KEY.matcher(key);
        if (!parts.matches()) {
            throw IamErrors.of(IamError.INVALID_MARKER, "Invalid Marker.");
        }
        Instant at = Instant.ofEpochMilli(Long.parseLong(parts.group(1)));
        return Optional.of(new DenialTable.Row(parts.group(2), at, "", "", ""));
    }

    private static SallyportException unknown() {
        return new SallyportException(
                AccessError.DECISION_UNKNOWN,
                "There is no denial of that reference; denials are kept for 14 days, the newest 10,000 at most.");
    }
}
