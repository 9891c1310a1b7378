package org.sallyport.test.chaos;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.test.e2e.LiveSystem;

/** One server and one agent, reached directly. */
final class Bench implements AutoCloseable {
    private final ServerProcess server;
    private final AgentProcess agent;
    private final Api api;
    private final WebSocketConnector connector;

    private Bench(ServerProcess server, AgentProcess agent, Api api) {
        this.server = server;
        this.agent = agent;
        this.api = api;
        this.connector = new WebSocketConnector(api.trust(), ProxySettings.direct());
    }

    /**
     * Starts both.
     *
     * @param sessionSettings of core/session
     */
    static Bench start(
            String name,
            String serverOptions,
            String agentOptions,
            int maxSessions,
            Map<String, String> sessionSettings)
            throws IOException, InterruptedException {
        Path folder = LiveSystem.work(name);
        int channelPort = Ports.free();
        ServerProcess server = ServerProcess.prepare(folder, Ports.free(), channelPort, serverOptions)
                .configure("org.sallyport.core.session", sessionSettings);
        server.start();
        try {
            Api api = server.awaitReady();
            api.allowHybridSessions();
            URI channel = URI.create("https://localhost:" + channelPort);
            AgentProcess agent = AgentProcess.start(
                    folder.resolve("agent"), api, server.ca(), server.api(), channel, maxSessions, agentOptions);
            return new Bench(server, agent, api);
        } catch (IOException | RuntimeException | InterruptedException e) {
            server.close();
            throw e;
        }
    }

    ServerProcess server() {
        return server;
    }

    AgentProcess agent() {
        return agent;
    }

    Api api() {
        return api;
    }

    WebSocketConnector connector() {
        return connector;
    }

    /** Opens a session; its shell may not have started yet. */
    ScriptedClient open() throws IOException {
        return new ScriptedClient(api.startSession(agent.nodeId()), api, connector);
    }

    @Override
    public void close() {
        connector.close();
        api.close();
        agent.close();
        server.close();
    }
}
