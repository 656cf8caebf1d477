/** Compositions of what the other packages give: what is trained, solved and saved as a whole. */
package odeum.model;
