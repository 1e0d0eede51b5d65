package dev.sealane.cli;

import dev.sealane.load.Loader;
import java.util.Locale;
import java.util.function.Supplier;

/** A line on the terminal about a run that takes long: what it is at, and how far it got. */
final class Progress implements AutoCloseable {
    /** How often the line is written anew, in milliseconds. */
    private static final long EVERY = 200;

    private static final String CLEAR = "\r\u001b[K";

    private final Streams streams;
    private final Thread thread;
    private volatile Supplier<String> stage = () -> "";

    Progress(Streams streams) {
        this.streams = streams;
        this.thread = streams.progressAfter() == null ? null : new Thread(this::run, "progress");
        if (thread != null) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    void reading(Loader loader) {
        stage = () -> String.format(
                Locale.ROOT, "reading: %,d MB, %,d objects", loader.bytes() / 1_000_000, loader.objects());
    }

    /** @param doing a word such as {@code linking} */
    void at(String doing, int objects) {
        stage = () -> String.format(Locale.ROOT, "%s: %,d objects", doing, objects);
    }

    private void run() {
        try {
            Thread.sleep(streams.progressAfter());
            while (true) {
                streams.err().print(CLEAR + stage.get());
                streams.err().flush();
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException over) {
            // What stands there is taken away by who ends it.
        }
    }

    @Override
    public void close() {
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        streams.err().print(CLEAR);
        streams.err().flush();
    }
}
