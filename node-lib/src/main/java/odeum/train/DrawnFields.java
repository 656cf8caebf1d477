package odeum.train;

import java.util.ArrayList;
import java.util.List;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;

/** The fields of a data set that are drawn for each batch, and how each is. */
record DrawnFields(Structure structure, List<Drawn> all) {
  static final DrawnFields NONE = new DrawnFields(Structure.EMPTY, List.of());

  DrawnFields {
    all = List.copyOf(all);
  }

  DrawnFields and(String field, Shape shape, Drawn how) {
    List<Drawn> longer = new ArrayList<>(all);
    longer.add(how);
    return new DrawnFields(structure.and(field, shape), longer);
  }

  /** {@return the fields of a sample: those stored, and then these} */
  Structure after(Structure stored) {
    Structure result = stored;
    for (Structure.Part part : structure.parts()) {
      result = result.and(part.name(), part.shape());
    }
    return result;
  }

  int size() {
    return structure.size();
  }

  /** {@return the values of so many samples, sample after sample} */
  double[] values(int samples, Draw draw) {
    double[] values = new double[samples * size()];
    for (int i = 0; i < all.size(); i++) {
      Structure.Part part = structure.parts().get(i);
      RandomKey key = draw.key().fold(i);
      int width = part.shape().size();
      for (int sample = 0; sample < samples; sample++) {
        for (int j = 0; j < width; j++) {
          long counter = all.get(i).isShared() ? j : (long) sample * width + j;
          values[sample * size() + part.offset() + j] =
              all.get(i).value(key, counter, draw.epoch());
        }
      }
    }
    return values;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < all.size(); i++) {
      text.append("; %s is drawn: %s".formatted(structure.names().get(i), all.get(i)));
    }
    return text.toString();
  }
}
