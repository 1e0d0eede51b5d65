package dev.sealane.facts;

/**
 * An object with a pod template: Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job, CronJob, or
 * a custom resource built the same way (Argo's Rollout, OpenShift's DeploymentConfig).
 *
 * @param replicas desired number of pods; 1 where the field is absent and defaults to it; -1 where the template does not
 *     tell it (DaemonSet, CronJob)
 * @param templatePath path of the pod template, such as {@code spec.template}
 * @param templateLabels the labels that its pods get; its own labels select nothing
 * @param desired pods that its status says should run, -1 if no status was captured
 * @param ready pods that its status says are ready, -1 if no status was captured
 */
public record Workload(
        Meta meta, int replicas, String templatePath, Labels templateLabels, PodSpec template, int desired, int ready)
        implements Resource {}
