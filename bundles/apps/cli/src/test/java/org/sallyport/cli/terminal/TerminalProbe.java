package org.sallyport.cli.terminal;

import java.util.concurrent.CountDownLatch;

/** A program that takes its terminal over and stays: what {@link LocalTerminalTest} ends in all kinds of ways. */
final class TerminalProbe {
    private TerminalProbe() {}

    public static void main(String[] args) throws Exception {
        try (LocalTerminal terminal = LocalTerminal.open()) {
            terminal.onResize(() -> System.out.printf(
                    "resized=%dx%d;%n",
                    terminal.size().columns(), terminal.size().rows()));
            LocalTerminal.Dimensions size = terminal.size();
            System.out.printf(
                    "ready %d interactive=%s size=%dx%d;%n",
                    ProcessHandle.current().pid(), terminal.interactive(), size.columns(), size.rows());
            switch (args[0]) {
                case "throw" -> throw new IllegalStateException("on purpose");
                case "stay" -> new CountDownLatch(1).await();
                default -> {
                    int key = terminal.input().read();
                    System.out.println("key=" + key + ";");
                }
            }
        }
    }
}
