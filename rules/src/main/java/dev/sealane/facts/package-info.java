/**
 * All that a rule may match: immutable records of the API's objects, value types with the Kubernetes semantics, and the
 * relations that linking derives from them. No I/O, no YAML. Names are the API's own; what each field means is said in
 * the Kubernetes API reference and repeated here only where Sealane narrows it.
 */
package dev.sealane.facts;
