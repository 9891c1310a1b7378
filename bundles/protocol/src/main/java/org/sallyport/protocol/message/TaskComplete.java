package org.sallyport.protocol.message;

import org.sallyport.protocol.json.JsonFields;
import org.sallyport.protocol.json.JsonText;

/**
 * Payload of {@code agent_task_complete} (node-agent specification, section 5.5).
 *
 * @param taskId the session's id
 * @param finalTaskStatus {@link #SUCCESS} also for a terminated session, {@link #FAILED} with a text in {@code output}
 * @param logs where the node put its own transcript
 * @param retryNumber 1, 2, 3: which sending this is
 */
public record TaskComplete(
        String taskId, String finalTaskStatus, String instanceId, String output, Logs logs, int retryNumber) {
    public static final String SUCCESS = "Success";
    public static final String FAILED = "Failed";

    /** Each empty when there is none. */
    public record Logs(String s3Bucket, String s3UrlSuffix, String cloudWatchGroup, String cloudWatchStream) {
        public static final Logs NONE = new Logs("", "", "", "");
    }

    public byte[] toJson() {
        return JsonText.bytes(JsonText.object()
                .put("SchemaVersion", 1)
                .put("TaskId", taskId)
                .put("Topic", MessageTypes.AGENT_TASK_COMPLETE)
                .put("FinalTaskStatus", finalTaskStatus)
                .put("IsRoutingFailure", false)
                .put("AwsAccountId", "")
                .put("InstanceId", instanceId)
                .put("Output", output)
                .put("S3Bucket", logs.s3Bucket())
                .put("S3UrlSuffix", logs.s3UrlSuffix())
                .put("CwlGroup", logs.cloudWatchGroup())
                .put("CwlStream", logs.cloudWatchStream())
                .put("RetryNumber", retryNumber));
    }

    public static TaskComplete parse(byte[] json) throws MalformedMessageException {
        JsonFields fields = JsonText.parse(json, MessageTypes.AGENT_TASK_COMPLETE);
        return new TaskComplete(
                fields.text("TaskId"),
                fields.text("FinalTaskStatus"),
                fields.textOr("InstanceId", ""),
                fields.textOr("Output", ""),
                new Logs(
                        fields.textOr("S3Bucket", ""),
                        fields.textOr("S3UrlSuffix", ""),
                        fields.textOr("CwlGroup", ""),
                        fields.textOr("CwlStream", "")),
                fields.has("RetryNumber") ? fields.number("RetryNumber", 0, Integer.MAX_VALUE) : 1);
    }
}
