package org.sallyport.cli.session;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What stands between the person and the shell, and how it is told. The server comes first: while it is away nothing is known of the node.
 * What is over within a second is not told at all. Milliseconds of the steady clock where nothing else is said; on the session's lane only.
 */
final class Troubles {
    /** Shorter ones would only flicker. */
    static final long WORTH_TELLING = 1_000;

    /** How long a node may take for what was typed before that is told. */
    static final long DEAF = 10_000;

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final String LEAVES = "Enter ~. leaves";
    private static final int LONGEST_CAUSE = 300;

    /** For a notice that has no other place. */
    private static final long READING = 10_000;

    private record Announced(String text, long until) {}

    private record Since(long steady, String clock) {}

    private record Link(Since since, String cause, OptionalLong nextTry) {}

    private record Node(Since since, String text, OptionalLong end) {}

    private final ZoneId zone;
    private Optional<Link> link = Optional.empty();
    private Optional<Node> node = Optional.empty();
    private Optional<Since> deaf = Optional.empty();
    private long goodSince = Long.MIN_VALUE;
    private Optional<Announced> announced = Optional.empty();

    Troubles(ZoneId zone) {
        this.zone = zone;
    }

    /** No connection: it is being made. */
    void connecting(long now, long wall) {
        link = Optional.of(new Link(since(now, wall), "", OptionalLong.empty()));
    }

    /** No connection, or again none. */
    void linkLost(String cause, OptionalLong nextTry, long now, long wall) {
        link = Optional.of(new Link(link.map(Link::since).orElseGet(() -> since(now, wall)), cause, nextTry));
        deaf = Optional.empty();
    }

    /** The next try runs. */
    void trying() {
        link = link.map(down -> new Link(down.since(), down.cause(), OptionalLong.empty()));
    }

    /** Connected; what the server knew of the node is told anew. */
    void linkBack(long now) {
        link = Optional.empty();
        node = Optional.empty();
        goodSince = now;
    }

    /** @param seconds until the session ends, 0 when that is not known */
    void nodeAway(String text, long seconds, long now, long wall) {
        OptionalLong end =
                seconds > 0 ? OptionalLong.of(now + Duration.ofSeconds(seconds).toMillis()) : OptionalLong.empty();
        node = Optional.of(new Node(node.map(Node::since).orElseGet(() -> since(now, wall)), text, end));
    }

    void nodeBack(long now) {
        node = Optional.empty();
        goodSince = now;
    }

    /** No trouble, but to be read. */
    void announce(String text, long now) {
        announced = Optional.of(new Announced(text, now + READING));
    }

    /** @param oldest when the oldest message that the node did not acknowledge was first sent */
    void typed(OptionalLong oldest, long now, long wall) {
        // What waited through another trouble has its time from the end of that.
        OptionalLong asked = oldest.isEmpty() ? oldest : OptionalLong.of(Math.max(oldest.getAsLong(), goodSince));
        boolean late = link.isEmpty() && asked.isPresent() && now - asked.getAsLong() >= DEAF;
        if (!late) {
            deaf = Optional.empty();
        } else if (deaf.isEmpty()) {
            deaf = Optional.of(since(asked.getAsLong(), wall - (now - asked.getAsLong())));
        }
    }

    /** What to show; empty when nothing is wrong, or not for long enough. */
    Optional<StatusLine> line(long now) {
        if (link.isPresent()) {
            return link.filter(down -> worth(down.since(), now)).map(down -> server(down, now));
        }
        if (node.isPresent()) {
            return node.map(away -> node(away, now));
        }
        Optional<Announced> read = announced.filter(text -> now < text.until());
        if (read.isPresent()) {
            return read.map(text -> new StatusLine("announced" + text.until(), text.text()));
        }
        return deaf.map(since -> line(
                "deaf",
                since,
                "the node has not taken what was typed since %s; %s".formatted(since.clock(), LEAVES),
                ""));
    }

    private static StatusLine server(Link down, long now) {
        String next = down.nextTry().isPresent()
                ? "next try in %s".formatted(left(down.nextTry().getAsLong() - now))
                : "trying now";
        return line(
                "server",
                down.since(),
                "no connection to the server since %s; %s; %s"
                        .formatted(down.since().clock(), next, LEAVES),
                down.cause());
    }

    private static StatusLine node(Node away, long now) {
        String end = away.end().isPresent()
                ? "; the session ends in %s".formatted(left(away.end().getAsLong() - now))
                : "";
        return line(
                "node",
                away.since(),
                "the node is away since %s%s; %s".formatted(away.since().clock(), end, LEAVES),
                away.text());
    }

    private static StatusLine line(String what, Since since, String facts, String cause) {
        String shown = cause.length() > LONGEST_CAUSE ? cause.substring(0, LONGEST_CAUSE) : cause;
        return new StatusLine(what + since.steady(), shown.isBlank() ? facts : facts + "; " + shown.strip());
    }

    private static boolean worth(Since since, long now) {
        return now - since.steady() >= WORTH_TELLING;
    }

    private Since since(long steady, long wall) {
        return new Since(steady, CLOCK.format(Instant.ofEpochMilli(wall).atZone(zone)));
    }

    /** Rounded up: nothing is said to be over before it is. */
    private static String left(long millis) {
        long seconds = Math.max(0, (millis + 999) / 1_000);
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h";
    }
}
