package odeum.train;

import java.util.ArrayList;
import java.util.List;
import odeum.graph.Tracer;
import odeum.tensor.Structure;

/**
 * Which fields of a data set are the same for all samples, such as times often are. They are given
 * to a computation once, so what depends on them only is computed once for a batch, and a solve
 * over the batch shares its steps.
 *
 * @param structure the fields of one sample
 * @param shared for each field, whether all samples have the same values
 */
record Fields(Structure structure, List<Boolean> shared) {
  Fields {
    shared = List.copyOf(shared);
  }

  static Fields of(Dataset data) {
    List<Boolean> shared = new ArrayList<>();
    int stored = data.structure().parts().size() - data.drawn().all().size();
    for (Structure.Part part : data.structure().parts().subList(0, stored)) {
      shared.add(isShared(data, part));
    }
    data.drawn().all().forEach(field -> shared.add(field.isShared()));
    return new Fields(data.structure(), shared);
  }

  private static boolean isShared(Dataset data, Structure.Part part) {
    int end = part.offset() + part.shape().size();
    for (int at = part.offset(); at < end; at++) {
      long first = Double.doubleToLongBits(data.value(0, at));
      for (int sample = 1; sample < data.size(); sample++) {
        if (Double.doubleToLongBits(data.value(sample, at)) != first) {
          return false;
        }
      }
    }
    return true;
  }

  /** {@return how many numbers of a sample are its own, or are those of all} */
  int size(boolean common) {
    int size = 0;
    for (int i = 0; i < shared.size(); i++) {
      size += shared.get(i) == common ? structure.parts().get(i).shape().size() : 0;
    }
    return size;
  }

  /** {@return a sample's fields, put together from its own and those of all} */
  Tracer join(Tracer own, Tracer common) {
    List<Tracer> parts = new ArrayList<>();
    int[] from = new int[2];
    for (int i = 0; i < shared.size(); i++) {
      int source = shared.get(i) ? 1 : 0;
      int to = from[source] + structure.parts().get(i).shape().size();
      parts.add((shared.get(i) ? common : own).slice(0, from[source], to));
      from[source] = to;
    }
    return parts.isEmpty() ? own : Tracer.concatenate(0, parts);
  }

  /** Copies the fields of all, as the first sample has them. */
  void copyShared(Batch batch, double[] target) {
    int at = 0;
    for (int i = 0; i < shared.size(); i++) {
      Structure.Part part = structure.parts().get(i);
      for (int j = 0; shared.get(i) && j < part.shape().size(); j++) {
        target[at++] = batch.value(0, part.offset() + j);
      }
    }
  }

  /** Copies the samples' own fields, the samples along the last axis. */
  void copyOwn(Batch batch, int first, int count, double[] target) {
    int at = 0;
    for (int i = 0; i < shared.size(); i++) {
      Structure.Part part = structure.parts().get(i);
      if (!shared.get(i)) {
        int width = part.shape().size();
        for (int sample = 0; sample < count; sample++) {
          batch.copy(first + sample, part.offset(), width, target, at + sample, count);
        }
        at += width * count;
      }
    }
  }
}
