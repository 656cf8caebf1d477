/** What is minimised, over which data, by which method: objectives, optimisers, the trainer. */
package odeum.train;
