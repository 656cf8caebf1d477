package odeum.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import odeum.path.TimeSeries;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private static TimeSeries series(double... times) {
    double[] x = new double[times.length];
    double[] y = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      x[i] = i;
      y[i] = -10 * i;
    }
    return TimeSeries.of(times).and("x", x).and("y", y);
  }

  private static Dataset counted(int size) {
    return Dataset.samples("i", Tensor.vector(IntStream.range(0, size).asDoubleStream().toArray()));
  }

  private static List<Integer> ids(Dataset data) {
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      ids.add((int) data.sample(i).at(0));
    }
    return ids;
  }

  @Test
  void windowsAreAllRunsOfRows() {
    Dataset windows = Dataset.windows(series(0, 1, 3, 4), 3);
    assertEquals(2, windows.size());
    assertEquals("y0(2), times(3), y(3, 2)", windows.structure().toString());
    Batch batch = windows.all();
    assertEquals(Tensor.of(Shape.of(2, 2), 0, 0, 1, -10), batch.field("y0"));
    assertEquals(Tensor.of(Shape.of(2, 3), 0, 1, 3, 1, 3, 4), batch.field("times"));
    assertEquals(
        Tensor.of(Shape.of(2, 3, 2), 0, 0, 1, -10, 2, -20, 1, -10, 2, -20, 3, -30),
        batch.field("y"));
    Tensor relative = Dataset.windowsFromZero(series(0, 1, 3, 4), 3).all().field("times");
    assertEquals(Tensor.of(Shape.of(2, 3), 0, 1, 3, 0, 2, 3), relative);
  }

  @Test
  void windowsOfEvenRowsHaveTheSameTimesToTheLastBit() {
    double[] times = new double[1000];
    for (int i = 0; i < times.length; i++) {
      times[i] = 25.0 * i / 999;
    }
    Tensor relative = Dataset.windowsFromZero(series(times), 10).all().field("times");
    assertEquals(Shape.of(991, 10), relative.shape());
    for (int i = 0; i < relative.size(); i++) {
      assertEquals(times[i % 10], relative.at(i));
    }
  }

  @Test
  void windowsWithMissingValuesAreLeftOut() {
    TimeSeries holes = TimeSeries.of(0, 1, 2, 3, 4).and("x", 0, Double.NaN, 2, 3, 4);
    Dataset windows = Dataset.windows(holes, 2);
    assertEquals(Tensor.of(Shape.of(2, 1), 2, 3), windows.all().field("y0"));
    assertEquals(
        "Every window of 4 rows has a missing value. Take shorter windows.",
        message(() -> Dataset.windows(holes, 4)));
    assertEquals(
        "A window has at least 2 rows and at most those of the series (5), got 6.",
        message(() -> Dataset.windows(holes, 6)));
  }

  @Test
  void trajectoriesAreJoined() {
    Dataset both = Dataset.windows(series(0, 1, 2), 2).join(Dataset.windows(series(5, 6, 7, 8), 2));
    assertEquals(2 + 3, both.size());
    assertEquals(5, both.batch(2).field("times").at(0));
    Dataset wider = both.and("id", Tensor.vector(0, 0, 1, 1, 1));
    assertEquals(Tensor.vector(0, 1, 1), wider.batch(1, 2, 4).field("id"));
    assertEquals(Tensor.vector(1, 0), wider.select(3, 0).all().field("id"));
  }

  @Test
  void splitsKeepEverySampleOnce() {
    Dataset.Split split = counted(50).split(0.2, RandomKey.of(1));
    assertEquals(40, split.training().size());
    assertEquals(10, split.validation().size());
    TreeSet<Integer> all = new TreeSet<>(ids(split.training()));
    all.addAll(ids(split.validation()));
    assertEquals(50, all.size());
    assertEquals(
        ids(split.validation()), ids(counted(50).split(0.2, RandomKey.of(1)).validation()));
    assertEquals(
        List.of(8, 9), ids(counted(10).splitLast(0.2).validation()), "the last in their order");
    assertEquals(1, counted(2).split(0.01, RandomKey.of(0)).validation().size());
    assertEquals(
        "Only two samples or more can be divided, got 1.",
        message(() -> counted(1).splitLast(0.5)));
  }

  @Test
  void copiedFieldsHaveTheSamplesLast() {
    Dataset windows = Dataset.windows(series(0, 1, 3, 4, 6), 3);
    Batch batch = windows.batch(2, 0);
    double[] copied = new double[2 * windows.structure().size()];
    batch.fields().copyOwn(batch, 0, batch.size(), copied);
    double[] expected = {
      2, 0, -20, 0, 3, 0, 4, 1, 6, 3, 2, 0, -20, 0, 3, 1, -30, -10, 4, 2, -40, -20
    };
    assertArrayEquals(expected, copied);
  }

  @Test
  void batchesRepeatWithTheirKey() {
    List<Tensor> first = new ArrayList<>();
    List<Tensor> second = new ArrayList<>();
    counted(30).batches(7, 9, RandomKey.of(4)).forEach(b -> first.add(b.field("i")));
    counted(30).batches(7, 9, RandomKey.of(4)).forEach(b -> second.add(b.field("i")));
    assertEquals(9, first.size());
    assertEquals(first, second);
    counted(30).batches(7, 9, RandomKey.of(5)).forEach(b -> second.add(b.field("i")));
    assertEquals(false, first.equals(second.subList(9, 18)));
  }

  private static String message(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }
}
