package org.sallyport.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.audit.Actor;
import org.sallyport.api.audit.AuditCall;
import org.sallyport.api.audit.AuditEntry;
import org.sallyport.api.audit.AuditQuery;
import org.sallyport.api.audit.Failure;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

class LookupTest {
    private static final Optional<String> ANY = Optional.empty();
    private static final AuditQuery ALL = query(ANY, ANY, ANY, Optional.empty());

    @TempDir
    Path folder;

    private Lookup lookup;

    @BeforeEach
    void trail() {
        try (World world = new World(folder, 5_000)) {
            world.append(30);
            world.writer.recorder().append(World.event("DescribeSessions", Map.of()));
            try (AuditCall call = world.writer
                    .recorder()
                    .open(World.event("DeleteActivation", Map.of()).subject(), World.ORIGIN)) {
                call.by(Actor.named("mallory"));
                call.begins(Map.of(), List.of("arn:aws:ssm:r:1:managed-instance/mi-7"));
                call.answered(Optional.of(new Failure("AccessDeniedException", "no")), Map.of());
            }
        }
        lookup = new Lookup(new Segments(folder));
    }

    @Test
    void pagesFromTheNewestOverAllFiles() {
        for (int size : List.of(1, 7, 1000)) {
            List<AuditEntry> all = all(ALL, size);

            assertThat(all).hasSize(32);
            assertThat(all.get(0).eventName()).isEqualTo("DeleteActivation");
            assertThat(all).extracting(AuditEntry::sequence).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        }
    }

    @Test
    void filters() {
        assertThat(all(query(ANY, Optional.of("DescribeSessions"), ANY, Optional.empty()), 5))
                .hasSize(1);
        assertThat(all(query(Optional.of("alice"), ANY, ANY, Optional.empty()), 5))
                .hasSize(31);
        assertThat(all(query(Optional.of(World.ALICE.arn()), ANY, ANY, Optional.empty()), 5))
                .hasSize(31);
        assertThat(all(query(Optional.of(World.ALICE.id()), ANY, ANY, Optional.empty()), 5))
                .hasSize(31);
        assertThat(all(query(Optional.of("ali"), ANY, ANY, Optional.empty()), 5))
                .isEmpty();
        assertThat(all(query(Optional.of("mallory"), ANY, ANY, Optional.empty()), 5))
                .hasSize(1);
        assertThat(all(query(ANY, ANY, Optional.of("mi-7"), Optional.empty()), 5))
                .hasSize(1);
        assertThat(all(query(ANY, ANY, Optional.of("i-7"), Optional.empty()), 5))
                .isEmpty();
        assertThat(all(query(ANY, ANY, ANY, Optional.of(true)), 5)).hasSize(1);
        assertThat(all(query(ANY, ANY, ANY, Optional.of(false)), 5)).hasSize(31);
        assertThat(all(between(Instant.now().plusSeconds(9), Instant.now().plusSeconds(99)), 5))
                .isEmpty();
        assertThat(all(between(Instant.EPOCH, Instant.now()), 5)).hasSize(32);
    }

    @Test
    void aTokenOfNoPageIsRefused() {
        for (String token : List.of("", "x", "1-1", "1-99999", "99999999999-0", "1-0-0", "-1-0")) {
            assertThatThrownBy(() -> lookup.find(ALL, new PageRequest(5, Optional.of(token))))
                    .isInstanceOf(SallyportException.class);
        }
    }

    @Test
    void aLineThatWasChangedAndAnUnfinishedOneAreNoRecords() throws Exception {
        List<Path> files = World.files(folder);
        Path last = files.get(files.size() - 1);
        String changed = Files.readString(last).replace("mallory", "mallorY");
        Files.writeString(last, changed);
        Files.writeString(last, "{\"sequence\":", StandardOpenOption.APPEND);

        assertThat(all(ALL, 10)).hasSize(31);
    }

    private List<AuditEntry> all(AuditQuery query, int size) {
        List<AuditEntry> all = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            Page<AuditEntry> page = lookup.find(query, new PageRequest(size, token));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(size);
            all.addAll(page.items());
            token = page.nextToken();
        } while (token.isPresent());
        return all;
    }

    private static AuditQuery query(
            Optional<String> user, Optional<String> name, Optional<String> resource, Optional<Boolean> failed) {
        return new AuditQuery(
                Optional.empty(), Optional.empty(), user, name, ANY, ANY, ANY, resource, failed, Optional.empty());
    }

    private static AuditQuery between(Instant from, Instant until) {
        return new AuditQuery(
                Optional.of(from),
                Optional.of(until),
                ANY,
                ANY,
                ANY,
                ANY,
                ANY,
                ANY,
                Optional.empty(),
                Optional.empty());
    }
}
