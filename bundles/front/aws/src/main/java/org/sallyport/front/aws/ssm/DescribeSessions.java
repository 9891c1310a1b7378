package org.sallyport.front.aws.ssm;

import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.page.Page;
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.SessionInfo;
import org.sallyport.api.session.Sessions;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.Serves;

/** Lists sessions, newest first. */
@Component
@Serves(target = "AmazonSSM.DescribeSessions")
public final class DescribeSessions implements Operation {
    private static final int DEFAULT_ITEMS = 200;

    private final Sessions sessions;

    @Activate
    public DescribeSessions(@Reference Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Output call(Call call) {
        Input input = call.input();
        List<Sessions.Filter> filters = input.structures("Filters").stream()
                .map(f -> new Sessions.Filter(f.required("key"), f.required("value")))
                .toList();
        boolean active = input.required("State").equals("Active");
        Page<SessionInfo> page = sessions.describe(call.principal(), active, filters, input.page(DEFAULT_ITEMS));
        return Output.empty()
                .with("Sessions", page.items(), DescribeSessions::session)
                .withText("NextToken", page.nextToken());
    }

    private static Output session(SessionInfo session) {
        return Output.empty()
                .with("SessionId", session.id())
                .with("Target", session.target())
                .with("Status", session.state().wireName())
                .with("StartDate", session.started())
                .withTime("EndDate", session.ended())
                .with("DocumentName", session.documentName())
                .with("Owner", session.ownerArn())
                .withText("Reason", session.reason())
                .withText("Details", session.cause().map(cause -> details(cause, session.detail())));
    }

    /** AWS reserves the member and leaves it empty; here it tells why a session ended. */
    private static String details(EndCause cause, Optional<String> text) {
        return cause.name()
                + text.filter(detail -> !detail.isBlank())
                        .map(detail -> ": " + detail)
                        .orElse("");
    }
}
