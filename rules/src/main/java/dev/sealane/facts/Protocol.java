package dev.sealane.facts;

/** The transport protocols that Services, container ports and NetworkPolicies name. */
public enum Protocol {
    TCP,
    UDP,
    SCTP
}
