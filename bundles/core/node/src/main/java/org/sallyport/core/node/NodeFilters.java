package org.sallyport.core.node;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.ErrorCode;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.node.Nodes.Filter;
import org.sallyport.api.node.Nodes.Operator;
import org.sallyport.kernel.store.Sql;

/**
 * The filters of a list of nodes, turned into conditions of a query. What depends on open sockets is left for {@link #pingStatus}.
 *
 * @param conditions SQL, each begins with {@code AND}
 * @param values of the conditions' parameters, in order
 * @param pingStatus statuses that are wanted; all of them when none was asked for, empty when the filters exclude each other
 */
record NodeFilters(String conditions, List<Object> values, Set<String> pingStatus) {
    private static final int MAX_FILTERS = 40;
    private static final int MAX_VALUES = 100;
    private static final int MAX_TEXT = 256;
    private static final String TAG = "tag:";
    private static final String STATE = "State";
    private static final String STATUS = "PingStatus";
    private static final String TAGS =
            " EXISTS (SELECT 1 FROM managed_node_tag t WHERE t.node_id = managed_node.id AND ";
    private static final String NOBODY = " AND 1 = 0";
    private static final List<String> SEEN =
            List.of("id", "name", "computer_name", "ip_address", "platform_name", "agent_version");
    private static final Set<String> STATUSES = Set.of("Online", "ConnectionLost", "Inactive");

    /** @throws SallyportException {@code FILTER_UNKNOWN}, {@code FILTER_VALUE}, {@code INVALID_ARGUMENT} */
    static NodeFilters of(List<Filter> filters) {
        return of(filters, NodeError.FILTER_VALUE);
    }

    /** @param value the failure of a value that its filter does not take */
    static NodeFilters of(List<Filter> filters, ErrorCode value) {
        if (filters.size() > MAX_FILTERS) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT,
                    "At most " + MAX_FILTERS + " filters are taken, here are " + filters.size() + ".");
        }
        StringBuilder conditions = new StringBuilder();
        List<Object> values = new ArrayList<>();
        Set<String> statuses = new HashSet<>(STATUSES);
        if (filters.stream().noneMatch(f -> f.key().equals(STATE))) {
            conditions.append(" AND state = 'ACTIVE'");
        }
        for (Filter filter : filters) {
            check(filter, value);
            if (filter.key().equals(STATUS)) {
                statuses.retainAll(chosen(filter, STATUSES, value));
            } else {
                conditions.append(condition(filter, values, value));
            }
        }
        return new NodeFilters(conditions.toString(), List.copyOf(values), Set.copyOf(statuses));
    }

    /** Whether the status decides at all. */
    boolean byStatus() {
        return !pingStatus.equals(STATUSES);
    }

    private static void check(Filter filter, ErrorCode code) {
        String key = NodeText.clean(filter.key());
        if (filter.values().isEmpty() || filter.values().size() > MAX_VALUES) {
            throw new SallyportException(code, "The filter %s needs 1 to %d values.".formatted(key, MAX_VALUES));
        }
        for (String value : filter.values()) {
            if (value.length() > MAX_TEXT || value.chars().anyMatch(Character::isISOControl)) {
                throw new SallyportException(
                        code,
                        "The filter %s takes values of at most %d characters without control characters."
                                .formatted(key, MAX_TEXT));
            }
        }
    }

    private static String condition(Filter filter, List<Object> values, ErrorCode code) {
        if (filter.key().startsWith(TAG) || filter.key().equals("tag-key")) {
            return tag(filter, values);
        }
        return switch (filter.key()) {
            case "Text" -> text(filter, values);
            case "ResourceType" ->
                kind(chosen(filter, Set.of("ManagedInstance", "EC2Instance"), code), "ManagedInstance");
            case "SourceTypes" ->
                kind(
                        chosen(
                                filter,
                                Set.of("AWS::SSM::ManagedInstance", "AWS::EC2::Instance", "AWS::IoT::Thing"),
                                code),
                        "AWS::SSM::ManagedInstance");
            case "Question" ->
                chosen(filter, Set.of("Machine"), code).isEmpty()
                        ? NOBODY
                        : " AND other_fingerprint IS NOT NULL AND other_refused = FALSE";
            // no node has an association here, nor a document of one
            case "AssociationStatus", "DocumentName" -> filter.operator() == Operator.NOT_EQUAL ? "" : NOBODY;
            case STATE -> {
                Set<String> states = chosen(filter, Set.of("ACTIVE", "PENDING", "LEAVING"), code);
                values.addAll(states);
                yield states.isEmpty() ? NOBODY : " AND state IN " + Sql.places(states.size());
            }
            default -> compared(column(filter.key()), filter, values);
        };
    }

    private static String tag(Filter filter, List<Object> values) {
        boolean not = filter.operator() == Operator.NOT_EQUAL;
        String wanted = filter.key().startsWith(TAG) ? "t.tag_key = ? AND t.tag_value" : "t.tag_key";
        if (filter.key().startsWith(TAG)) {
            values.add(NodeText.clean(filter.key().substring(TAG.length())));
        }
        Filter equal = not ? new Filter(filter.key(), filter.values()) : filter;
        return " AND" + (not ? " NOT" : "") + TAGS + comparison(wanted, equal, values) + ")";
    }

    private static String compared(String column, Filter filter, List<Object> values) {
        // what a node has not said is not equal to anything
        return " AND (" + comparison("COALESCE(" + column + ", '')", filter, values) + ")";
    }

    private static String comparison(String left, Filter filter, List<Object> values) {
        return switch (filter.operator()) {
            case EQUAL, NOT_EQUAL -> {
                values.addAll(filter.values());
                yield left
                        + (filter.operator() == Operator.NOT_EQUAL ? " NOT IN " : " IN ")
                        + Sql.places(filter.values().size());
            }
            case BEGIN_WITH -> any(left + " LIKE ? ESCAPE '!'", filter, values, NodeFilters::prefix);
            case LESS_THAN -> any(left + " < ?", filter, values, text -> text);
            case GREATER_THAN -> any(left + " > ?", filter, values, text -> text);
        };
    }

    private static String any(String condition, Filter filter, List<Object> values, UnaryOperator<String> shape) {
        filter.values().forEach(text -> values.add(shape.apply(text)));
        return "(" + String.join(" OR ", Collections.nCopies(filter.values().size(), condition)) + ")";
    }

    private static String kind(Set<String> chosen, String hybrid) {
        boolean cloud = chosen.contains("EC2Instance") || chosen.contains("AWS::EC2::Instance");
        if (chosen.contains(hybrid)) {
            return cloud ? "" : " AND id LIKE 'mi-%'";
        }
        return cloud ? " AND id LIKE 'i-%'" : NOBODY;
    }

    /** Nodes that have each of the texts somewhere in what a person sees of them. */
    private static String text(Filter filter, List<Object> values) {
        StringBuilder condition = new StringBuilder();
        for (String text : filter.values()) {
            List<String> anywhere = new ArrayList<>();
            for (String column : SEEN) {
                anywhere.add("LOWER(" + column + ") LIKE ? ESCAPE '!'");
                values.add("%" + prefix(text.toLowerCase(Locale.ROOT)));
            }
            condition.append(" AND (").append(String.join(" OR ", anywhere)).append(")");
        }
        return condition.toString();
    }

    private static String prefix(String text) {
        return text.replaceAll("([!%_])", "!$1") + "%";
    }

    private static String column(String key) {
        return switch (key) {
            case "InstanceIds", "SourceIds" -> "id";
            case "ActivationIds" -> "activation_id";
            case "IamRole" -> "role_name";
            case "PlatformTypes" -> "platform_type";
            case "AgentVersion" -> "agent_version";
            default ->
                throw new SallyportException(
                        NodeError.FILTER_UNKNOWN,
                        "There is no filter " + NodeText.clean(key) + "; use InstanceIds, PingStatus, PlatformTypes,"
                                + " AgentVersion, ActivationIds, IamRole, ResourceType, AssociationStatus, SourceIds,"
                                + " SourceTypes, State, Text, tag-key or tag:<key>.");
        };
    }

    /** The values that a filter of few values lets through. */
    private static Set<String> chosen(Filter filter, Set<String> known, ErrorCode code) {
        for (String value : filter.values()) {
            if (!known.contains(value)) {
                List<String> sorted = new ArrayList<>(known);
                Collections.sort(sorted);
                throw new SallyportException(
                        code,
                        "The filter %s takes %s, not %s."
                                .formatted(filter.key(), String.join(", ", sorted), NodeText.clean(value)));
            }
        }
        Set<String> chosen = new HashSet<>(known);
        switch (filter.operator()) {
            case EQUAL -> chosen.retainAll(filter.values());
            case NOT_EQUAL -> chosen.removeAll(filter.values());
            default ->
                throw new SallyportException(
                        code, "The filter %s knows Equal and NotEqual only.".formatted(filter.key()));
        }
        return chosen;
    }
}
