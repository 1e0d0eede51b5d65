/** Assertions about who may talk to whom, and whether they hold. */
package dev.sealane.intent;
