package dev.sealane.dump;

import dev.sealane.facts.Coverage;
import dev.sealane.facts.Kind;

/**
 * What a collector asked the API server for, by its own records.
 *
 * @param namespace empty for a cluster-scoped kind, {@link Coverage#EVERYWHERE} for all
 * @param state NONEMPTY if the dump has the whole answer, as one file an object or mixed with other kinds; EMPTY if there
 *     was none to have; PARTIAL if it has a part; FAILED if the question was refused
 * @param file the record, relative like the names of files
 * @param reason why the state is FAILED or PARTIAL, a clause
 * @param cluster empty or one of {@link Dump#clusters}
 */
public record Asked(Kind kind, String namespace, Coverage.State state, String file, String reason, String cluster) {}
