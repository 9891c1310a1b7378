package org.sallyport.front.aws.ssm;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.session.Sessions;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Gives a new token; none when the session is over (data-channel specification, section 8.3). */
@Component
@Serves(target = "AmazonSSM.ResumeSession")
public final class ResumeSession implements Operation {
    private final Sessions sessions;

    @Activate
    public ResumeSession(@Reference Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Output call(Call call) {
        return StartedOutput.of(sessions.resume(call.principal(), call.input().required("SessionId")));
    }
}
