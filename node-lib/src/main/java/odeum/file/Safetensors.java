package odeum.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import odeum.tensor.Names;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;

/**
 * Named tensors and remarks, as they are kept in a {@code .safetensors} file, which Python, Rust
 * and others read too. Immutable. The format: 8 bytes with the length of the head, the head in
 * JSON, then the numbers (github.com/huggingface/safetensors).
 *
 * <pre>{@code
 * Safetensors.EMPTY.with("weight", weight).withRemark("made by", "me").write(Path.of("w.safetensors"));
 * Tensor weight = Safetensors.read(Path.of("w.safetensors")).tensor("weight");
 * }</pre>
 */
public final class Safetensors {
  /** No tensors, to add to. */
  public static final Safetensors EMPTY = new Safetensors(Map.of(), Map.of());

  private static final String DATA = "odeum";
  private static final int FORMAT = 1;

  private final Map<String, Tensor> tensors;
  private final Map<String, String> remarks;

  private Safetensors(Map<String, Tensor> tensors, Map<String, String> remarks) {
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    this.remarks = Collections.unmodifiableMap(new LinkedHashMap<>(remarks));
  }

  /** {@return these tensors and one more, or another one under a known name} */
  public Safetensors with(String name, Tensor tensor) {
    Map<String, Tensor> longer = new LinkedHashMap<>(tensors);
    longer.put(name, tensor);
    return new Safetensors(longer, remarks);
  }

  /** {@return these tensors and the parts of a flat vector, each named with a prefix} */
  public Safetensors with(String prefix, Structure structure, Tensor flat) {
    Map<String, Tensor> longer = new LinkedHashMap<>(tensors);
    double[] values = flat.toArray();
    for (Structure.Part part : structure.parts()) {
      int end = part.offset() + part.shape().size();
      Tensor tensor = Tensor.of(part.shape(), Arrays.copyOfRange(values, part.offset(), end));
      longer.put(prefix + part.name(), tensor);
    }
    return new Safetensors(longer, remarks);
  }

  /**
   * {@return the flat vector of the parts that have these names with a prefix, and these shapes}
   */
  public Tensor flat(String prefix, Structure structure) {
    double[] values = new double[structure.size()];
    for (Structure.Part part : structure.parts()) {
      Tensor tensor = tensor(prefix + part.name());
      if (!tensor.shape().equals(part.shape())) {
        throw new IllegalArgumentException(
            "'%s' has shape %s in the file, %s is needed"
                .formatted(prefix + part.name(), tensor.shape(), part.shape()));
      }
      tensor.copyTo(values, part.offset());
    }
    return Tensor.vector(values);
  }

  /** {@return these tensors with one more remark, or another one under a known name} */
  public Safetensors withRemark(String name, String text) {
    Map<String, String> longer = new LinkedHashMap<>(remarks);
    longer.put(name, text);
    return new Safetensors(tensors, longer);
  }

  /** {@return the tensors by name, in the order of the file} */
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  /** {@return the tensor of this name} */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "there is no tensor '%s'. Known: %s.%s"
              .formatted(
                  name,
                  String.join(" ", tensors.keySet()),
                  Names.nearest(name, tensors.keySet())
                      .map(" Did you mean '%s'?"::formatted)
                      .orElse("")));
    }
    return tensor;
  }

  /** {@return the remarks: what the file calls {@code __metadata__}} */
  public Map<String, String> remarks() {
    return remarks;
  }

  /**
   * {@return these tensors with data of ours beside them, in a remark} Reading them asks for the
   * same kind.
   *
   * @param kind what the file is, such as {@code "model"}
   */
  public Safetensors withData(String kind, Json.Fields data) {
    return withRemark(DATA, data.with("format", FORMAT).with("kind", kind).write());
  }

  /**
   * {@return the data that were given to {@link #withData}}
   *
   * @throws IllegalArgumentException if there are none, or of another kind or a newer format
   */
  public Json data(String kind) {
    String text = remarks.get(DATA);
    if (text == null) {
      throw new IllegalArgumentException(
          "it has tensors, but is no %s. Parameters.load reads such a file".formatted(kind));
    }
    Json data = Json.parse(text);
    if (!data.get("kind").text().equals(kind)) {
      throw new IllegalArgumentException(
          "it is no %s, but a %s".formatted(kind, data.get("kind").text()));
    }
    if (data.get("format").whole() > FORMAT) {
      throw new IllegalArgumentException(
          "it was written by a newer version of Odeum (format %s, this one knows %s). Install that one"
              .formatted(data.get("format").whole(), FORMAT));
    }
    return data;
  }

  /**
   * Writes these tensors as F64. The file is replaced whole or not at all, also when the power
   * fails meanwhile.
   *
   * @throws FileException if that is not possible
   */
  public void write(Path file) {
    String header = Header.write(tensors, remarks);
    AtomicFile.write(file, channel -> Layout.write(header, tensors.values(), channel));
  }

  /**
   * {@return the tensors of a file} Numbers of all types become doubles (F64, F32, F16, BF16, whole
   * numbers).
   *
   * @throws FileException if there is no such file, or it is none of this format
   */
  public static Safetensors read(Path file) {
    return read(file, content -> content);
  }

  /**
   * {@return what {@code reader} makes of a file's tensors and remarks}
   *
   * @throws FileException if there is no such file, if it is none of this format, or if the reader
   *     throws
   */
  public static <T> T read(Path file, Function<Safetensors, T> reader) {
    if (Files.notExists(file)) {
      throw new FileException(
          "There is no file %s in %s.".formatted(file, Path.of("").toAbsolutePath()));
    }
    try (FileChannel channel = FileChannel.open(file)) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      Header header = Layout.read(channel, tensors);
      return reader.apply(new Safetensors(tensors, header.remarks()));
    } catch (CharacterCodingException e) {
      throw new FileException(
          "%s cannot be read: it is no safetensors file, its head is not UTF-8.".formatted(file),
          e);
    } catch (IOException | RuntimeException e) {
      // A file may come from anywhere, so whatever it makes fail is said in one way.
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      String end = why.endsWith(".") ? "" : ".";
      throw new FileException("%s cannot be read: %s%s".formatted(file, why, end), e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Safetensors that
        && List.copyOf(tensors.entrySet()).equals(List.copyOf(that.tensors.entrySet()))
        && remarks.equals(that.remarks);
  }

  @Override
  public int hashCode() {
    return 31 * tensors.hashCode() + remarks.hashCode();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    tensors.forEach(
        (name, tensor) ->
            text.append(text.isEmpty() ? "" : ", ").append(name).append(tensor.shape()));
    return text.toString();
  }
}
