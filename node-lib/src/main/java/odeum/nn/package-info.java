/** Layers, and their parameters by name. */
package odeum.nn;
