package odeum.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * The head of a safetensors file: remarks, and where each tensor lies in the bytes that follow.
 *
 * @param remarks texts by name
 * @param entries the tensors in the order of the head
 */
record Header(Map<String, String> remarks, List<Entry> entries) {
  private static final String REMARKS = "__metadata__";

  /** Where one tensor lies: bytes {@code begin .. end-1} after the head. */
  record Entry(String name, DataType type, Shape shape, long begin, long end) {
    /** Checks the place of a tensor against its shape and type. */
    Entry {
      long bytes = Math.multiplyExact((long) shape.size(), type.width());
      if (begin < 0 || end - begin != bytes) {
        throw new IllegalArgumentException(
            "its place is bytes %s to %s, but shape %s of %s needs %s bytes"
                .formatted(begin, end, shape, type, bytes));
      }
    }
  }

  /** {@return the head that a JSON text stands for, for a file with so many bytes after it} */
  static Header parse(String text, long bytes) {
    Map<String, String> remarks = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    Json.parse(text)
        .fieldValues()
        .forEach(
            (name, value) -> {
              if (name.equals(REMARKS)) {
                value.fieldValues().forEach((key, remark) -> remarks.put(key, remark.text()));
              } else {
                entries.add(entry(name, value));
              }
            });
    requireGapless(entries, bytes);
    return new Header(remarks, entries);
  }

  private static Entry entry(String name, Json value) {
    try {
      List<Json> place = value.get("data_offsets").items();
      if (place.size() != 2) {
        throw new IllegalArgumentException("data_offsets should be two numbers");
      }
      return new Entry(
          name,
          DataType.named(value.get("dtype").text()),
          value.get("shape").shape(),
          place.get(0).whole(),
          place.get(1).whole());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("tensor '%s' is too large".formatted(name), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("tensor '%s': %s".formatted(name, e.getMessage()), e);
    }
  }

  /** Every byte belongs to one tensor: nothing overlaps, nothing is hidden, nothing is missing. */
  private static void requireGapless(List<Entry> entries, long bytes) {
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long end = 0;
    for (Entry entry : sorted) {
      if (entry.begin() != end) {
        throw new IllegalArgumentException(
            "tensor '%s' begins at byte %s, but the one before ends at %s"
                .formatted(entry.name(), entry.begin(), end));
      }
      end = entry.end();
    }
    if (end != bytes) {
      throw new IllegalArgumentException(
          "the tensors take %s bytes, but %s follow: the file is cut off or has something appended"
              .formatted(end, bytes));
    }
  }

  /** {@return the JSON text of the head for these tensors, one after the other, as F64} */
  static String write(Map<String, Tensor> tensors, Map<String, String> remarks) {
    Json.Fields texts = Json.fields();
    for (Map.Entry<String, String> remark : remarks.entrySet()) {
      texts = texts.with(remark.getKey(), remark.getValue());
    }
    Map<String, Json> fields = new LinkedHashMap<>();
    if (!remarks.isEmpty()) {
      fields.put(REMARKS, texts);
    }
    long begin = 0;
    for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
      if (tensor.getKey().equals(REMARKS)) {
        throw new IllegalArgumentException("No tensor can be called " + REMARKS + ".");
      }
      long end = begin + (long) tensor.getValue().size() * DataType.F64.width();
      List<Json> place = List.of(new Json.Whole(begin), new Json.Whole(end));
      fields.put(
          tensor.getKey(),
          Json.fields()
              .with("dtype", DataType.F64.name())
              .with("shape", tensor.getValue().shape())
              .with("data_offsets", new Json.Items(place)));
      begin = end;
    }
    return new Json.Fields(fields).write();
  }
}
