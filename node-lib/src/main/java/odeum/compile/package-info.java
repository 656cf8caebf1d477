/** From a graph to numbers: a program is an array of kernels over one array of doubles. */
package odeum.compile;
