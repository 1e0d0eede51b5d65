package dev.sealane.trace;

import java.util.List;

/** @param at a pod, a node, a Service, or what is outside */
public record Hop(String at, List<Step> steps) {
    public Hop {
        steps = List.copyOf(steps);
    }
}
