package org.sallyport.agent.shell;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.win32.StdCallLibrary;
import com.sun.jna.win32.W32APIOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A job object of Windows: a process and all that it starts, which cannot leave it. It ends with its last handle, thus with the agent however that
 * ends. Any thread.
 */
final class WindowsJob implements AutoCloseable {
    /** The calls that JNA does not bring. */
    interface Jobs extends StdCallLibrary {
        HANDLE CreateJobObject(Pointer attributes, String name);

        boolean SetInformationJobObject(HANDLE job, int kind, Pointer information, int length);

        boolean AssignProcessToJobObject(HANDLE job, HANDLE process);

        boolean TerminateJobObject(HANDLE job, int status);

        boolean QueryInformationJobObject(HANDLE job, int kind, Pointer information, int length, Pointer written);
    }

    /** JOBOBJECT_EXTENDED_LIMIT_INFORMATION on 64 bits: its size, and where LimitFlags are. */
    private static final int LIMITS_SIZE = 144;

    private static final int LIMIT_FLAGS = 16;
    private static final int EXTENDED_LIMITS = 9;
    private static final int KILL_ON_CLOSE = 0x2000;

    /** JOBOBJECT_BASIC_PROCESS_ID_LIST: two counts of 4 bytes, then 8 bytes an id. */
    private static final int PROCESS_IDS = 3;

    private static final int IDS_AT = 8;
    private static final int MOST_IDS = 256;
    private static final int SET_QUOTA_AND_TERMINATE = 0x0101;
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final long POLL_MILLIS = 20;

    private final Jobs jobs;
    private final HANDLE job;
    private String fault = "its process was not started";
    private boolean closed;

    private WindowsJob(Jobs jobs, HANDLE job) {
        this.jobs = jobs;
        this.job = job;
    }

    static WindowsJob open() throws IOException {
        Jobs jobs = Native.load("kernel32", Jobs.class, W32APIOptions.UNICODE_OPTIONS);
        HANDLE handle = jobs.CreateJobObject(null, null);
        if (handle == null) {
            throw new IOException("No job object can be made: error " + Native.getLastError());
        }
        WindowsJob job = new WindowsJob(jobs, handle);
        try (Memory limits = new Memory(LIMITS_SIZE)) {
            limits.clear();
            limits.setInt(LIMIT_FLAGS, KILL_ON_CLOSE);
            if (!jobs.SetInformationJobObject(handle, EXTENDED_LIMITS, limits, LIMITS_SIZE)) {
                int error = Native.getLastError();
                job.close();
                throw new IOException("A job object takes no limits: error " + error);
            }
        }
        return job;
    }

    /** Takes in a process that has not begun yet. A failure is kept for {@link #requireTaken}: whoever calls this has the process half made. */
    void take(long pid) {
        HANDLE process = Kernel32.INSTANCE.OpenProcess(SET_QUOTA_AND_TERMINATE, false, (int) pid);
        if (process == null) {
            fault = "process %d cannot be opened: error %d".formatted(pid, Native.getLastError());
            return;
        }
        try {
            fault = jobs.AssignProcessToJobObject(job, process)
                    ? ""
                    : "process %d cannot join: error %d".formatted(pid, Native.getLastError());
        } finally {
            Kernel32.INSTANCE.CloseHandle(process);
        }
    }

    void requireTaken() throws IOException {
        if (!fault.isEmpty()) {
            throw new IOException("A shell cannot be put into a job: " + fault);
        }
    }

    /** Blocks until all are gone, up to two seconds; which were not. */
    synchronized List<Integer> end() throws InterruptedException {
        if (closed) {
            return List.of();
        }
        jobs.TerminateJobObject(job, 1);
        long giveUp = System.nanoTime() + DEADLINE.toNanos();
        List<Integer> left = members();
        while (!left.isEmpty() && System.nanoTime() < giveUp) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            left = members();
        }
        return left;
    }

    /** What is left of it ends. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Kernel32.INSTANCE.CloseHandle(job);
        }
    }

    private List<Integer> members() {
        int size = IDS_AT + MOST_IDS * Long.BYTES;
        List<Integer> found = new ArrayList<>();
        try (Memory list = new Memory(size)) {
            list.clear();
            // with more than fit it says so as an error, and has those that do
            jobs.QueryInformationJobObject(job, PROCESS_IDS, list, size, null);
            int count = Math.min(MOST_IDS, list.getInt(Integer.BYTES));
            for (int i = 0; i < count; i++) {
                found.add((int) list.getLong(IDS_AT + (long) i * Long.BYTES));
            }
        }
        return found;
    }
}
