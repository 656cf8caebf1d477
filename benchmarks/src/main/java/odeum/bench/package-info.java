/**
 * The library's side of each comparison. A case is a class here and a file of the same name in
 * {@code benchmarks/peers}; a process of its own runs it and answers the runner line by line.
 */
package odeum.bench;
