package odeum.plot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * What a {@link Chart} is made of.
 *
 * @param ground what lies below the series
 * @param square whether one unit of x is as long as one of y
 */
record ChartParts(
    String title,
    List<ChartAxis> axes,
    List<Ground> ground,
    List<Series> series,
    int width,
    int height,
    boolean square,
    Theme theme) {
  ChartParts {
    Objects.requireNonNull(title);
    Objects.requireNonNull(theme);
    axes = List.copyOf(axes);
    ground = List.copyOf(ground);
    series = List.copyOf(series);
  }

  static ChartParts of(String title) {
    return new ChartParts(
        title,
        Collections.nCopies(3, ChartAxis.PLAIN),
        List.of(),
        List.of(),
        Styling.WIDTH,
        Styling.HEIGHT,
        false,
        Theme.AUTO);
  }

  ChartParts titled(String other) {
    return new ChartParts(other, axes, ground, series, width, height, square, theme);
  }

  ChartParts with(int index, ChartAxis axis) {
    List<ChartAxis> changed = new ArrayList<>(axes);
    changed.set(index, axis);
    return new ChartParts(title, changed, ground, series, width, height, square, theme);
  }

  /** {@return these parts with something below all series, in place of what is of its kind} */
  ChartParts over(Ground below) {
    List<Ground> all = new ArrayList<>(ground);
    all.removeIf(other -> other.getClass() == below.getClass());
    all.add(below);
    return new ChartParts(title, axes, all, series, width, height, square, theme);
  }

  ChartParts with(List<Series> others) {
    return new ChartParts(title, axes, ground, others, width, height, square, theme);
  }

  ChartParts sized(int newWidth, int newHeight) {
    return new ChartParts(title, axes, ground, series, newWidth, newHeight, square, theme);
  }

  ChartParts squared() {
    return new ChartParts(title, axes, ground, series, width, height, true, theme);
  }

  ChartParts themed(Theme other) {
    return new ChartParts(title, axes, ground, series, width, height, square, other);
  }
}
