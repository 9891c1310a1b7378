package org.sallyport.front.aws.ssm;

import org.sallyport.api.session.Sessions;
import org.sallyport.front.aws.Output;

/** What StartSession and ResumeSession answer. */
final class StartedOutput {
    private StartedOutput() {}

    static Output of(Sessions.Started started) {
        return Output.empty()
                .with("SessionId", started.sessionId())
                .withText("TokenValue", started.token())
                .with("StreamUrl", started.streamUrl());
    }
}
