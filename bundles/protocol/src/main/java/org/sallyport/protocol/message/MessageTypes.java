package org.sallyport.protocol.message;

/** Names of message types (data-channel specification, section 3.5; node-agent specification, section 5.5). */
public final class MessageTypes {
    public static final String INPUT_STREAM_DATA = "input_stream_data";
    public static final String OUTPUT_STREAM_DATA = "output_stream_data";
    public static final String ACKNOWLEDGE = "acknowledge";
    public static final String CHANNEL_CLOSED = "channel_closed";
    public static final String START_PUBLICATION = "start_publication";
    public static final String PAUSE_PUBLICATION = "pause_publication";
    public static final String AGENT_SESSION_STATE = "agent_session_state";
    public static final String INTERACTIVE_SHELL = "interactive_shell";
    public static final String AGENT_TASK_COMPLETE = "agent_task_complete";
    public static final String AGENT_TASK_ACKNOWLEDGE = "agent_task_acknowledge";

    /** Ours alone, from server to client, only for clients that asked for it; others drop what they do not know. */
    public static final String SESSION_NOTICE = "session_notice";

    /** Ours alone, from server to client: the first message to a client that took a session over. */
    public static final String SESSION_POSITION = "session_position";

    /**
     * Ours alone, from client to server, and back unchanged: whether the server is there, asked by clients whose web-socket cannot ping. At
     * most {@link #MAX_PROBE} bytes; longer ones are not answered.
     */
    public static final String SESSION_PROBE = "session_probe";

    /** Most bytes of a whole {@link #SESSION_PROBE}. */
    public static final int MAX_PROBE = 256;

    private MessageTypes() {}
}
