package dev.sealane.facts;

/**
 * A Service all of whose pods would come from workloads that somebody scaled to nothing.
 *
 * @param workload one of them
 */
public record Idle(Ref service, Ref workload) {}
