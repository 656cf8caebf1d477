/** How values look at the end of a cell: numbers, tables of data, and what a model consists of. */
package odeum.display;
