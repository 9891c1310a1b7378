package org.sallyport.test.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.sallyport.cli.session.Client;
import org.sallyport.cli.session.HttpsDialer;
import org.sallyport.cli.session.Screen;
import org.sallyport.cli.session.ShellSession;
import org.sallyport.cli.session.StatusLine;
import org.sallyport.protocol.message.TerminalSize;

/** From the StartSession request to the first byte of the prompt, by our command line's own classes in a warm process; and how many a second. */
final class FirstPrompt implements Part {
    private static final int WORKERS = 8;
    private static final long PATIENCE_SECONDS = 60;

    @Override
    public void measure(Setting setting) throws Exception {
        try (Api api = new Api(setting.live())) {
            Samples requests = new Samples();
            Samples prompts = new Samples();
            for (int i = 0; i < 10; i++) {
                one(api, setting, new Samples(), new Samples()); // warm
            }
            for (int i = 0; i < setting.sizes().prompts(); i++) {
                one(api, setting, requests, prompts);
            }
            String note = prompts.count() + " sessions, one after the other";
            setting.report().add(Row.alone("StartSession answered p50", "ms", requests.median(), "", note));
            setting.report()
                    .add(Row.alone("StartSession to first prompt byte p50", "ms", prompts.median(), "under 100", note));
            setting.report()
                    .add(Row.alone(
                            "StartSession to first prompt byte p95",
                            "ms",
                            prompts.percentile(0.95),
                            "under 100",
                            note));
            setting.report()
                    .add(Row.alone(
                            "StartSession to first prompt byte p99",
                            "ms",
                            prompts.percentile(0.99),
                            "under 100",
                            note));
            many(api, setting);
        }
    }

    private static void many(Api api, Setting setting) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            long began = System.nanoTime();
            long until = began + TimeUnit.SECONDS.toNanos(setting.sizes().startSeconds());
            double used = setting.ours().servers().getAsDouble();
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                counts.add(workers.submit(() -> {
                    int done = 0;
                    while (System.nanoTime() < until) {
                        one(api, setting, new Samples(), new Samples());
                        done++;
                    }
                    return done;
                }));
            }
            int all = 0;
            for (Future<Integer> count : counts) {
                all += count.get();
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            double cost = setting.ours().servers().getAsDouble() - used;
            setting.report()
                    .add(Row.alone(
                            "session starts, each with a shell",
                            "1/s",
                            all / seconds,
                            "200 (server alone)",
                            "%d clients; server, agent and shells used %.1f ms of processor time each"
                                    .formatted(WORKERS, 1000 * cost / all)));
        } finally {
            workers.shutdownNow();
        }
    }

    private static void one(Api api, Setting setting, Samples requests, Samples prompts) throws Exception {
        FirstByte screen = new FirstByte();
        long began = System.nanoTime();
        Api.Started started = api.start(setting.live().nodeId());
        requests.nanosAsMillis(System.nanoTime() - began);
        try (HttpsDialer dialer = new HttpsDialer(api.client(), api.connector());
                ShellSession session = new ShellSession(
                        started.sessionId(), Client.first(), dialer, screen, new TerminalSize(100, 30), true)) {
            session.begin(started.token(), started.streamUrl());
            prompts.nanosAsMillis(screen.at.get(PATIENCE_SECONDS, TimeUnit.SECONDS) - began);
            session.leave();
        }
        api.terminate(started.sessionId());
    }

    /** Knows when the first output came. */
    private static final class FirstByte implements Screen {
        private final CompletableFuture<Long> at = new CompletableFuture<>();

        @Override
        public void output(byte[] bytes) {
            at.complete(System.nanoTime());
        }

        @Override
        public void error(byte[] bytes) {
            output(bytes);
        }

        @Override
        public boolean notice(String text) {
            return true;
        }

        @Override
        public void status(StatusLine line) {
            at.isDone();
        }

        @Override
        public boolean clearStatus(String news) {
            return false;
        }

        @Override
        public void end() {
            at.completeExceptionally(new IllegalStateException("The session ended before its prompt came"));
        }
    }
}
