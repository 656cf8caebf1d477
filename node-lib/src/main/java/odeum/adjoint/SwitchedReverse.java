package odeum.adjoint;

/** Goes back through the steps of a solve that may have gone over to another method. */
final class SwitchedReverse implements ReverseSteps {
  private final SwitchedTape tape;
  private final DirectReverse first;
  private final DirectReverse second;
  private final boolean timed;

  /** The way through the step at hand; it begins with the last one. */
  private DirectReverse now;

  private boolean switched;

  SwitchedReverse(SwitchedTape tape, DirectReverse first, DirectReverse second, boolean timed) {
    this.tape = tape;
    this.first = first;
    this.second = second;
    this.timed = timed;
    this.switched = tape.second().steps() > 0;
    this.now = switched ? second : first;
  }

  @Override
  public void begin() {
    now.begin();
  }

  @Override
  public double interpolated(int step, double theta, double[] bar, int offset) {
    return now.interpolated(tape.own(step), theta, bar, offset);
  }

  @Override
  public double ended(int step, double[] bar, int offset) {
    boolean before = step + 1 == tape.first().steps() && tape.second().steps() > 0;
    double bySlope = now.ended(tape.own(step), bar, offset);
    if (!before || !timed) {
      return bySlope;
    }
    double[] slope = new double[stateBar().length];
    tape.second().slope(0, 0, slope);
    return now.moved(bar, offset, slope);
  }

  @Override
  public void add(double[] bar, int offset) {
    now.add(bar, offset);
  }

  @Override
  public void finish(int step, boolean endsAtEnd) {
    now.finish(tape.own(step), endsAtEnd);
    if (switched && step == tape.first().steps()) {
      first.add(second.stateBar(), 0);
      now = first;
      switched = false;
    }
  }

  @Override
  public double[] stateBar() {
    return now.stateBar();
  }

  @Override
  public double[] parametersBar(int count) {
    double[] sum = first.parametersBar(count);
    double[] more = second.parametersBar(count);
    for (int i = 0; i < count; i++) {
      sum[i] += more[i];
    }
    return sum;
  }

  /** Behind a fixed time the steps of the second method do not move with the start either. */
  @Override
  public double startBar() {
    int from = tape.first().steps();
    boolean moves = tape.second().steps() > 0 && tape.second().fixed().movesWithStart(tape, from);
    return moves ? first.startBar() + second.startBar() : first.startBar();
  }

  @Override
  public double endBar() {
    return first.endBar() + second.endBar();
  }
}
