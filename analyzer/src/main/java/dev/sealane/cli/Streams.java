package dev.sealane.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.InstantSource;

/**
 * What a command reads and writes: all that it knows of the world.
 *
 * @param out for the payload and nothing else
 * @param colour whether {@code out} shows colours
 * @param clock tells how old a capture is
 */
record Streams(InputStream in, PrintStream out, PrintStream err, boolean colour, InstantSource clock) {}
