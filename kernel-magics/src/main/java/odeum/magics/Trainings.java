package odeum.magics;

import java.util.Optional;
import odeum.plot.Chart;

final class Trainings {
  static Optional<Chart> chart(String title, Object value) { return Optional.empty(); }
}
