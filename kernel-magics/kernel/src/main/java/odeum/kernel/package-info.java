/**
 * The Jupyter kernel: JJava, with errors, interrupts and start-up as Odeum's notebooks need them.
 */
package odeum.kernel;
