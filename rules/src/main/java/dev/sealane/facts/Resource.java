package dev.sealane.facts;

/** An API object and where it was written. */
public sealed interface Resource
        permits Autoscaler,
                CalicoTier,
                ConfigMap,
                Endpoints,
                EndpointSlice,
                Event,
                Gateway,
                GatewayRoute,
                Ingress,
                IngressClass,
                Namespace,
                NetworkPolicy,
                NetworkSet,
                Node,
                OpenShiftRoute,
                Other,
                Pod,
                ReferenceGrant,
                Secret,
                Service,
                TieredPolicy,
                Workload {

    /** Identity and origin. */
    Meta meta();

    default Ref ref() {
        return meta().ref();
    }

    default String namespace() {
        return meta().ref().namespace();
    }

    default String name() {
        return meta().ref().name();
    }

    default Labels labels() {
        return meta().labels();
    }

    /**
     * A place inside this object.
     *
     * @param path such as {@code spec.ports[1].targetPort}; a key that is not a plain word is written
     *     {@code labels["app.kubernetes.io/name"]}; empty for the object itself
     */
    default Place at(String path) {
        return new Place(this, path, null);
    }
}
