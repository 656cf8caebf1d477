package odeum.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import odeum.graph.Spread.Run;
import odeum.tensor.Shape;

/**
 * A function over a batch, sample by sample: takes a sample of each operand, calls the function of
 * one sample, and puts the result into its place. Samples lie along the last axis.
 *
 * @param function the function of one sample
 * @param operands how each operand is spread over the samples
 * @param result how the result is
 * @param size how many samples there are
 */
record MappedFunction(ImplicitFunction function, List<Spread> operands, Spread result, int size)
    implements ImplicitFunction {
  MappedFunction {
    operands = List.copyOf(operands);
  }

  static MappedFunction of(ImplicitFunction function, List<Boolean> mapped, int size) {
    List<Spread> operands =
        mapped.stream().<Spread>map(m -> m ? new Spread.Each() : new Spread.Shared()).toList();
    return new MappedFunction(function, operands, new Spread.Each(), size);
  }

  /** What the derivatives need: each sample's record, and where samples were summed, its result. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Samples(Object[] records, double[][] results) {}

  @Override
  public String name() {
    return function.name() + " of each sample";
  }

  @Override
  public Shape shape(List<Shape> shapes) {
    return switch (result) {
      case Spread.Parts parts ->
          Shape.of(parts.runs(operands, shapes, size).stream().mapToInt(r -> r.length(size)).sum());
      default -> function.shape(samples(shapes)).append(size);
    };
  }

  private List<Shape> samples(List<Shape> shapes) {
    List<Shape> samples = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      samples.add(operands.get(i).sample(i, operands, shapes, size));
    }
    return samples;
  }

  @Override
  public void evaluate(Call call) {
    List<Shape> shapes = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      shapes.add(call.shape(i));
    }
    List<Shape> samples = samples(shapes);
    SampleCall sample =
        new SampleCall(samples, function.shape(samples).size(), call.recordIsRead());
    List<Run> runs = runs(result, operands.size(), shapes, samples);
    int length = runs.stream().mapToInt(r -> r.length(size)).sum();
    Arrays.fill(call.memory(), call.result(), call.result() + length, 0);
    boolean keep = call.recordIsRead() && result instanceof Spread.Parts;
    Samples kept = new Samples(new Object[size], new double[keep ? size : 0][]);
    Optional<Samples> previous = call.previousRecord().map(Samples.class::cast);
    for (int b = 0; b < size; b++) {
      for (int i = 0; i < operands.size(); i++) {
        load(call, sample, i, b, runs(operands.get(i), i, shapes, samples));
      }
      int now = b;
      kept.records[b] = sample.evaluate(function, previous.map(p -> p.records[now]));
      Run.scatter(runs, sample.memory(), sample.result(), call.memory(), call.result(), b, size);
      if (keep) {
        kept.results[b] = sample.resultValues();
      }
    }
    call.record(kept);
  }

  private void load(Call call, SampleCall sample, int i, int b, List<Run> runs) {
    Object record = call.recordOf(i);
    int to = sample.operand(i);
    switch (operands.get(i)) {
      case Spread.Shared _ -> sample.recordOf(i, record);
      case Spread.Each _, Spread.Parts _ ->
          sample.recordOf(i, record instanceof Samples kept ? kept.records[b] : record);
      case Spread.Summed _ -> {
        Samples kept = (Samples) record;
        sample.recordOf(i, kept.records[b]);
        System.arraycopy(kept.results[b], 0, sample.memory(), to, kept.results[b].length);
        return;
      }
    }
    Run.gather(runs, call.memory(), call.operand(i), sample.memory(), to, b, size);
  }

  /** How an array is spread; that of the result when {@code i} is past the operands. */
  private List<Run> runs(Spread spread, int i, List<Shape> shapes, List<Shape> samples) {
    if (i == operands.size() && spread instanceof Spread.Each) {
      return List.of(new Run(function.shape(samples).size(), true));
    }
    return spread.runs(i, operands, shapes, size);
  }

  /** The cotangents of an operand that all samples share are summed in the order of the samples. */
  @Override
  public ImplicitFunction pullback(List<Integer> wanted) {
    for (int i : wanted) {
      if (operands.get(i) instanceof Spread.Summed) {
        throw noFurtherDerivative();
      }
    }
    List<Spread> longer = new ArrayList<>(operands);
    longer.add(resultAsOperand());
    longer.add(result);
    return new MappedFunction(
        function.pullback(wanted), longer, new Spread.Parts(List.copyOf(wanted)), size);
  }

  @Override
  public ImplicitFunction pushforward() {
    if (operands.stream().anyMatch(Spread.Summed.class::isInstance)) {
      throw noFurtherDerivative();
    }
    List<Spread> longer = new ArrayList<>(operands);
    longer.add(resultAsOperand());
    longer.addAll(operands);
    return new MappedFunction(function.pushforward(), longer, result, size);
  }

  private Spread resultAsOperand() {
    return result instanceof Spread.Parts parts ? new Spread.Summed(parts) : result;
  }

  private UnsupportedOperationException noFurtherDerivative() {
    return new UnsupportedOperationException(
        "A third derivative of '%s' needs single samples of what was summed over them."
            .formatted(name()));
  }
}
