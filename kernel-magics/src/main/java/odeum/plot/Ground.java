package odeum.plot;

/** What lies below the series of a {@link Chart}; one of each kind at most. */
sealed interface Ground permits HeatMap, Arrows, Mosaic {}
