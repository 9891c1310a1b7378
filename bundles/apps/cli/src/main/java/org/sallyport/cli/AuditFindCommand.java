package org.sallyport.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.sallyport.channel.api.ServiceClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Finds records of the audit trail. */
@Command(
        name = "find",
        mixinStandardHelpOptions = true,
        description =
                "Finds records of the audit trail, the newest first. With --output json each has the whole record as CloudTrailEvent.")
final class AuditFindCommand implements Callable<Integer> {
    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private ListingOptions listing;

    @Mixin
    private AuditFilters filters;

    @Override
    public Integer call() throws IOException {
        try (ServiceClient client = new ServiceClient(connection.resolve())) {
            listing.list(client, AuditFilters.PAGES, filters.request(), AuditFilters.table());
        }
        return 0;
    }
}
