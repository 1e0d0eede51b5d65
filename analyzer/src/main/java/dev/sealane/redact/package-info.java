/** Rewrites a dump so that it says the same about the network, and nothing about whose it is. */
package dev.sealane.redact;
