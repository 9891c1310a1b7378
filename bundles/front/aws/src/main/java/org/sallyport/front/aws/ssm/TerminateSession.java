package org.sallyport.front.aws.ssm;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.session.Sessions;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Ends a session. */
@Component
@Serves(target = "AmazonSSM.TerminateSession")
public final class TerminateSession implements Operation {
    private final Sessions sessions;

    @Activate
    public TerminateSession(@Reference Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Output call(Call call) {
        String ended = sessions.terminate(call.principal(), call.input().required("SessionId"));
        return Output.empty().with("SessionId", ended);
    }
}
