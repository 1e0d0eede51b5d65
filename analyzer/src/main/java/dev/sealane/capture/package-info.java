/** The script that collects what Sealane can use of a cluster. Sealane prints it and runs nothing itself. */
package dev.sealane.capture;
