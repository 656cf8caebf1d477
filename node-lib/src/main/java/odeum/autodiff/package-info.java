/** Derivatives: each transformation takes a graph and gives a graph. */
package odeum.autodiff;
