package dev.sealane.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a command reads and writes: all that it knows of the world.
 *
 * @param out for the payload and nothing else
 * @param colour whether {@code out} shows colours
 * @param clock tells how old a capture is
 * @param environment variables of the user
 * @param progressAfter how long a run takes before {@code err}, a terminal, shows how far it is; null for never
 */
record Streams(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean colour,
        InstantSource clock,
        Map<String, String> environment,
        Duration progressAfter) {}
