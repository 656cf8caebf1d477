package odeum.magics;

import odeum.plot.Chart;

/** Draws a model beside the data it is fitted to. */
interface ModelChart {
  /** {@return the chart of a model with some parameters} */
  Chart of(Object model);
}
