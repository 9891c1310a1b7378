package org.sallyport.core.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.sallyport.protocol.json.JsonText;

/** The status for programs. Names stay; new ones may come. */
final class StatusJson {
    private StatusJson() {}

    static String of(ServerStatus status) {
        ObjectNode json = JsonText.object();
        json.put("healthy", status.healthy());
        json.put("ready", status.ready());
        json.put("version", status.version());
        json.put("upSeconds", status.up().toSeconds());
        status.missing().forEach(json.putArray("missing")::add);
        ObjectNode parts = json.putObject("parts");
        status.parts().forEach(answer -> {
            ObjectNode part = parts.putObject(answer.part());
            answer.reading().facts().forEach((name, fact) -> part.putPOJO(name, fact));
        });
        ArrayNode listeners = json.putArray("listeners");
        status.listeners().forEach(listener -> listeners
                .addObject()
                .put("scheme", listener.scheme())
                .put("description", listener.description())
                .put("port", listener.port())
                .put("connections", listener.connections()));
        ArrayNode plugins = json.putArray("plugins");
        status.plugins().forEach(plugin -> plugins.addObject()
                .put("symbolicName", plugin.symbolicName())
                .put("version", plugin.version().orElse(null))
                .put("sha256", plugin.sha256().orElse(null))
                .put("state", plugin.state())
                .put("problem", plugin.problem().orElse(null)));
        ArrayNode components = json.putArray("unsatisfied");
        status.unsatisfied().forEach(component -> components
                .addObject()
                .put("component", component.component())
                .put("bundle", component.bundle())
                .put("why", component.why()));
        ArrayNode bundles = json.putArray("bundles");
        status.bundles().forEach(bundle -> bundles.addObject()
                .put("symbolicName", bundle.symbolicName())
                .put("version", bundle.version())
                .put("ring", bundle.ring())
                .put("state", bundle.state()));
        return JsonText.text(json);
    }
}
