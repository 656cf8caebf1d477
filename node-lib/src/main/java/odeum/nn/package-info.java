/** Parameters by name, and the layers that have them. */
package odeum.nn;
