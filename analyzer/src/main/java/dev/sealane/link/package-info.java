/**
 * Resources to {@link dev.sealane.link.Network}: the only place that works out selection, routing, what the input
 * covers, and what the cluster runs.
 */
package dev.sealane.link;
