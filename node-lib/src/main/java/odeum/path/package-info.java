/** Data along time, and the paths that drive equations. */
package odeum.path;
