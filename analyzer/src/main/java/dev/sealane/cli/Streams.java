package dev.sealane.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * What a command reads and writes.
 *
 * @param out for the payload and nothing else
 * @param colour whether {@code out} shows colours
 * @param environment variables of the user
 */
record Streams(InputStream in, PrintStream out, PrintStream err, boolean colour, Map<String, String> environment) {}
