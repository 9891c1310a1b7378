package org.sallyport.core.node;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.Nodes.Filter;

/**
 * The filters of a list of nodes, turned into conditions of a query. What depends on open sockets is left for {@link #pingStatus}.
 *
 * @param conditions SQL, each begins with {@code AND}
 * @param values of the conditions' parameters, in order
 * @param pingStatus statuses that are wanted; all of them when none was asked for, empty when the filters exclude each other
 */
record NodeFilters(String conditions, List<Object> values, Set<String> pingStatus) {
    private static final int MAX_FILTERS = 20;
    private static final int MAX_VALUES = 100;
    private static final String TAG = "tag:";
    private static final List<String> SEEN =
            List.of("id", "name", "computer_name", "ip_address", "platform_name", "agent_version");
    private static final Set<String> STATUSES = Set.of("Online", "ConnectionLost", "Inactive");
    private static final Set<String> TYPES = Set.of("ManagedInstance", "EC2Instance");

    /**
     * @throws SallyportException {@code INVALID_ARGUMENT} for a key or value that no filter has
     */
    static NodeFilters of(List<Filter> filters) {
        if (filters.size() > MAX_FILTERS) {
            throw invalid("At most " + MAX_FILTERS + " filters are taken, here are " + filters.size() + ".");
        }
        StringBuilder conditions = new StringBuilder();
        List<Object> values = new ArrayList<>();
        Set<String> statuses = new HashSet<>(STATUSES);
        for (Filter filter : filters) {
            if (filter.values().isEmpty() || filter.values().size() > MAX_VALUES) {
                throw invalid(
                        "The filter %s needs 1 to %d values.".formatted(NodeText.clean(filter.key()), MAX_VALUES));
            }
            if (filter.values().stream().anyMatch(v -> v.chars().anyMatch(Character::isISOControl))) {
                throw invalid(
                        "The filter %s has a value with control characters.".formatted(NodeText.clean(filter.key())));
            }
            if (filter.key().equals("PingStatus")) {
                statuses.retainAll(known(filter, STATUSES));
            } else {
                conditions.append(condition(filter, values));
            }
        }
        return new NodeFilters(conditions.toString(), List.copyOf(values), Set.copyOf(statuses));
    }

    /** Whether the status decides at all. */
    boolean byStatus() {
        return !pingStatus.equals(STATUSES);
    }

    private static String condition(Filter filter, List<Object> values) {
        String places = Sql.places(filter.values().size());
        if (filter.key().startsWith(TAG)) {
            values.add(NodeText.clean(filter.key().substring(TAG.length())));
            values.addAll(filter.values());
            return " AND EXISTS (SELECT 1 FROM managed_node_tag t WHERE t.node_id = managed_node.id AND t.tag_key = ?"
                    + " AND t.tag_value IN " + places + ")";
        }
        if (filter.key().equals("Text")) {
            return text(filter, values);
        }
        if (filter.key().equals("ResourceType")) {
            boolean hybrid = known(filter, TYPES).contains("ManagedInstance");
            return hybrid ? "" : " AND 1 = 0";
        }
        values.addAll(filter.values());
        return " AND " + column(filter.key()) + " IN " + places;
    }

    /** Nodes that have each of the texts somewhere in what a person sees of them. */
    private static String text(Filter filter, List<Object> values) {
        StringBuilder condition = new StringBuilder();
        for (String text : filter.values()) {
            String pattern = "%" + text.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%";
            condition.append(" AND (");
            for (int i = 0; i < SEEN.size(); i++) {
                condition
                        .append(i == 0 ? "" : " OR ")
                        .append("LOWER(")
                        .append(SEEN.get(i))
                        .append(") LIKE ? ESCAPE '!'");
                values.add(pattern);
            }
            condition.append(")");
        }
        return condition.toString();
    }

    private static String column(String key) {
        return switch (key) {
            case "InstanceIds" -> "id";
            case "ActivationIds" -> "activation_id";
            case "IamRole" -> "role_name";
            case "PlatformTypes" -> "platform_type";
            case "AgentVersion" -> "agent_version";
            default ->
                throw invalid(
                        "There is no filter " + NodeText.clean(key) + "; use InstanceIds, PingStatus, PlatformTypes,"
                                + " AgentVersion, ActivationIds, IamRole, ResourceType, Text or tag:<key>.");
        };
    }

    private static List<String> known(Filter filter, Set<String> known) {
        for (String value : filter.values()) {
            if (!known.contains(value)) {
                List<String> sorted = new ArrayList<>(known);
                Collections.sort(sorted);
                throw invalid("The filter %s takes %s, not %s."
                        .formatted(filter.key(), String.join(", ", sorted), NodeText.clean(value)));
            }
        }
        return filter.values();
    }

    private static SallyportException invalid(String message) {
        return new SallyportException(CommonError.INVALID_ARGUMENT, message);
    }
}
