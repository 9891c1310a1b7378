package org.sallyport.agent.shell;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;

/** Calls of Linux's C library on descriptors and processes, which Java has no other way to. A failed one throws with its errno. */
final class SystemCalls {
    static final int EAGAIN = 11;
    static final int EINTR = 4;

    static final short POLLIN = 1;
    static final short POLLOUT = 4;

    static final int F_DUPFD = 0;
    static final int F_GETFD = 1;
    static final int F_SETFD = 2;
    static final int F_GETFL = 3;
    static final int F_SETFL = 4;
    static final int FD_CLOEXEC = 1;
    static final int O_NONBLOCK = 0x800;
    static final int EFD_CLOEXEC = 0x80000;
    static final int SIGUSR1 = 10;
    static final Pointer SIG_IGN = Pointer.createConstant(1);
    static final long TIOCSWINSZ = 0x5414;

    static {
        Native.register(SystemCalls.class, "c");
    }

    private SystemCalls() {}

    static native NativeLong read(int descriptor, byte[] buffer, NativeLong count) throws LastErrorException;

    static native NativeLong write(int descriptor, byte[] buffer, NativeLong count) throws LastErrorException;

    /** @param places struct pollfd, eight bytes each: descriptor, events, what happened */
    static native int poll(byte[] places, NativeLong count, int timeout) throws LastErrorException;

    static native int fcntl(int descriptor, int command, int argument) throws LastErrorException;

    static native int ioctl(int descriptor, NativeLong request, byte[] argument) throws LastErrorException;

    static native int eventfd(int initial, int flags) throws LastErrorException;

    static native int close(int descriptor) throws LastErrorException;

    static native int waitpid(int pid, int[] status, int options) throws LastErrorException;

    static native int memfd_create(String name, int flags) throws LastErrorException;

    /** @param handler {@link #SIG_IGN}, or 0 for what is usual */
    static native Pointer signal(int number, Pointer handler) throws LastErrorException;

    /** Does not return but by its failure. */
    static native int execve(String program, StringArray arguments, StringArray environment) throws LastErrorException;
}
