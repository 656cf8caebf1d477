/**
 * From a graph to numbers: a program is an array of kernels over one array of doubles. A tiny
 * program that runs often becomes one generated method.
 */
package odeum.compile;
