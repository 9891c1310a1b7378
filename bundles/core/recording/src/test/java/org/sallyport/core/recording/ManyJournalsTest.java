package org.sallyport.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.kernel.recording.SessionJournal;
import org.sallyport.kernel.session.DataEnd;

class ManyJournalsTest {
    private static final int THREADS = 8;

    @TempDir
    Path folder;

    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
    }

    @Test
    void tenThousandSessionsBeginAtTheSameTime() throws Exception {
        int sessions = Integer.getInteger("sallyport.journals", 1_000);
        inParallel(sessions, n -> desk.journals.begin(Desk.head("user-" + n, false)));

        inParallel(sessions, n -> {
            assertThat(desk.read("user-" + n).head()).isEqualTo(Desk.head("user-" + n, false));
            assertThat(Verification.verify(desk.file("user-" + n)).state()).isEqualTo(Verification.State.OPEN);
        });
        try (Stream<Path> left = Files.list(folder.resolve("new"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void journalsThatAreOpenDoNotKeepTheirFilesOpen() throws Exception {
        int sessions = 400;
        List<SessionJournal> journals = new ArrayList<>();
        for (int n = 0; n < sessions; n++) {
            journals.add(desk.begin("user-" + n));
        }
        long before = journalsOpenInThisProcess();
        AtomicBoolean running = new AtomicBoolean(true);
        Thread force = new Thread(() -> {
            while (running.get()) {
                desk.journals.tick();
            }
        });
        force.start();

        for (int round = 0; round < 3; round++) {
            int sequence = round;
            inParallel(sessions, n -> journals.get(n).append(List.of(Wire.output(sequence))));
        }
        running.set(false);
        force.join();

        assertThat(before).isLessThanOrEqualTo(Desk.OPEN_FILES);
        assertThat(desk.journals.openFiles()).isLessThanOrEqualTo(Desk.OPEN_FILES + THREADS + 1);
        desk.journals.tick();
        journals.get(0).append(List.of(Wire.output(9)));
        assertThat(journalsOpenInThisProcess()).isLessThanOrEqualTo(Desk.OPEN_FILES);
        for (int n = 1; n < sessions; n++) {
            assertThat(desk.sequences("user-" + n)).containsExactly(0L, 1L, 2L);
        }
    }

    @Test
    void anInterruptedThreadWritesWholeAndStaysInterrupted() throws Exception {
        SessionJournal journal = desk.begin("user-1");

        Thread.currentThread().interrupt();
        journal.append(List.of(Wire.output(0)));
        boolean interrupted = Thread.interrupted();

        assertThat(interrupted).isTrue();
        assertThat(desk.sequences("user-1")).containsExactly(0L);
    }

    @Test
    void interruptsWhileItWritesDoNoHarm() throws Exception {
        SessionJournal journal = desk.begin("user-1");
        AtomicBoolean running = new AtomicBoolean(true);
        Thread writer = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            while (running.get()) {
                writer.interrupt();
                LockSupport.parkNanos(1_000_000);
            }
        });
        Thread force = new Thread(() -> {
            while (running.get()) {
                desk.journals.tick();
            }
        });
        interrupter.start();
        force.start();

        int said = 0;
        try {
            for (int n = 0; n < 300; n++) {
                journal.append(List.of(Wire.output(n, 5_000)));
                said++;
            }
        } finally {
            running.set(false);
            Thread.interrupted();
            joinWhateverHappens(interrupter);
            joinWhateverHappens(force);
        }

        assertThat(desk.sequences("user-1")).hasSize(said).isSorted().doesNotHaveDuplicates();
        assertThat(desk.records("user-1", RecordType.GAP)).isEmpty();
        assertThat(Verification.verify(desk.file("user-1")).state()).isEqualTo(Verification.State.OPEN);
    }

    @Test
    void appendingGoesOnWhileTheDiskIsWaitedFor() throws Exception {
        OpenFiles files = new OpenFiles(2);
        desk.begin("user-1");
        Tip tip = desk.read("user-1").tip();
        JournalFile file = new JournalFile(desk.file("user-1"), files, tip, tip.length(), Optional.empty());
        CountDownLatch waits = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Thread slowDisk = new Thread(() -> {
            try {
                files.use(desk.file("user-1"), channel -> {
                    waits.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return 0;
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        slowDisk.start();
        waits.await();

        file.append(List.of(Message.of(Wire.output(0)).record()));

        assertThat(slowDisk.isAlive()).isTrue();
        assertThat(desk.sequences("user-1")).containsExactly(0L);
        goOn.countDown();
        slowDisk.join();
    }

    @Test
    void questionsAreAnsweredWhileAThreadAppends() throws Exception {
        SessionJournal journal = desk.begin("user-1");
        AtomicBoolean running = new AtomicBoolean(true);
        ExecutorService asking = Executors.newSingleThreadExecutor();
        Future<?> asked = asking.submit(() -> {
            long highest = 0;
            while (running.get()) {
                while (journal.written(DataEnd.NODE, highest)) {
                    highest++;
                }
                assertThat(journal.written(DataEnd.NODE, 2_000)).isFalse();
                assertThat(journal.highestAcknowledged(DataEnd.NODE)).isLessThan(2_000);
            }
        });

        for (long n = 0; n < 2_000; n++) {
            journal.append(List.of(Wire.output(n)));
            journal.acknowledged(DataEnd.NODE, n);
        }
        running.set(false);

        asked.get();
        asking.shutdown();
    }

    private static void joinWhateverHappens(Thread thread) {
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // the interrupter's last one
            }
        }
    }

    private interface Work {
        void on(int n) throws Exception;
    }

    private static void inParallel(int count, Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> parts = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int first = thread;
            parts.add(threads.submit(() -> {
                for (int n = first; n < count; n += THREADS) {
                    work.on(n);
                }
                return null;
            }));
        }
        for (Future<?> part : parts) {
            part.get();
        }
        threads.shutdown();
    }

    private long journalsOpenInThisProcess() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(file -> {
                        try {
                            return Files.readSymbolicLink(file).startsWith(folder.toRealPath());
                        } catch (IOException e) {
                            return false; // closed meanwhile
                        }
                    })
                    .count();
        }
    }
}
