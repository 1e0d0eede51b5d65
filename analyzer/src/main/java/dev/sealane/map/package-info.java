/** Who can talk to whom: what policies allow between all pods, nodes and addresses of an input. */
package dev.sealane.map;
