/** The way of a connection through a cluster, hop by hop, with what decides at each. */
package dev.sealane.trace;
