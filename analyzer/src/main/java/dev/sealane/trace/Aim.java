package dev.sealane.trace;

import java.util.List;
import java.util.function.Function;

/** What is meant by the target, for clients that are alike. */
record Aim(String name, List<Step> steps, Function<End, List<Way>> target) {}
