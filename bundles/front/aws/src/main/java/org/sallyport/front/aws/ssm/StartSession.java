package org.sallyport.front.aws.ssm;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.session.Sessions;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Starts a session (data-channel specification, section 1.1). */
@Component
@Serves(target = "AmazonSSM.StartSession")
public final class StartSession implements Operation {
    private final Sessions sessions;

    @Activate
    public StartSession(@Reference Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Output call(Call call) {
        Input input = call.input();
        Sessions.Started started = sessions.start(
                call.principal(),
                new Sessions.StartRequest(
                        input.required("Target"),
                        input.text("DocumentName"),
                        input.text("Reason"),
                        input.textLists("Parameters")));
        return StartedOutput.of(started);
    }
}
