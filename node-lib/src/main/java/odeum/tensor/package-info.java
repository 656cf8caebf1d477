/** Shapes, immutable arrays, named flat vectors, random keys. Knows no calculus. */
package odeum.tensor;
