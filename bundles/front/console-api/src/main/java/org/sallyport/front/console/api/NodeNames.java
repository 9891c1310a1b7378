package org.sallyport.front.console.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.Nodes.Filter;
import org.sallyport.api.page.PageRequest;
import org.sallyport.api.session.SessionInfo;

/** Names of the nodes that sessions are on, as far as the caller may know them. */
final class NodeNames {
    private NodeNames() {}

    /** Names by node id, with one question for all; none when it is refused or the nodes are away. */
    static Map<String, String> of(Services services, Principal caller, List<SessionInfo> sessions) {
        List<String> ids = sessions.stream().map(SessionInfo::target).distinct().toList();
        Map<String, String> names = new HashMap<>();
        if (ids.isEmpty()) {
            return names;
        }
        try {
            services.nodes()
                    .list(caller, List.of(new Filter("InstanceIds", ids)), PageRequest.first(ids.size()))
                    .items()
                    .forEach(node -> node.name().ifPresent(name -> names.put(node.id(), name)));
        } catch (SallyportException e) {
            // the list of sessions is worth showing without names
            names.clear();
        }
        return names;
    }
}
