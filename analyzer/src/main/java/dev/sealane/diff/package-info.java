/** What differs between two inputs: objects, findings, and who can talk to whom. */
package dev.sealane.diff;
