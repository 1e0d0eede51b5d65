package dev.sealane.facts;

/**
 * A custom resource that sets the replicas of a workload, such as a ScaledObject of KEDA. Unlike a
 * HorizontalPodAutoscaler it may scale to nothing and back.
 */
public record Autoscaler(Meta meta, Ref target) implements Resource {}
