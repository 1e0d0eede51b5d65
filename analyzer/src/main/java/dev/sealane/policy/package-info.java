/**
 * What NetworkPolicies allow. Reasons about facts alone; linking asks it, and so can everything after linking.
 */
package dev.sealane.policy;
