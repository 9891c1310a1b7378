package org.sallyport.api.audit;

/** What sort of event a record is about, in CloudTrail's words. */
public enum EventType {
    /** A call of one of the AWS-shaped APIs, or of the channel port. */
    API_CALL("AwsApiCall"),
    /** Something done in the web console. */
    CONSOLE_ACTION("AwsConsoleAction"),
    /** A try to sign in. */
    CONSOLE_SIGN_IN("AwsConsoleSignIn"),
    /** Something that the server did by itself. */
    SERVICE_EVENT("AwsServiceEvent");

    private final String wireName;

    EventType(String wireName) {
        this.wireName = wireName;
    }

    /** As it stands in a record. */
    public String wireName() {
        return wireName;
    }
}
