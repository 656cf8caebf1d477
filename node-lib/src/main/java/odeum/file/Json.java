package odeum.file;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import odeum.tensor.Names;
import odeum.tensor.Shape;
import odeum.tensor.Structure;

/**
 * A JSON value. Doubles are written with every digit they need, so they come back with all their
 * bits; NaN and the infinities, which JSON has not, are texts. Reading what is not there, or is of
 * another kind, throws {@link IllegalArgumentException}.
 */
public sealed interface Json {
  /** A text. */
  record Text(String value) implements Json {}

  /** A whole number. */
  record Whole(long value) implements Json {}

  /** A number with a point or an exponent. */
  record Real(double value) implements Json {}

  /** True or false. */
  record Truth(boolean value) implements Json {}

  /** A list. */
  record Items(List<Json> values) implements Json {
    public Items {
      values = List.copyOf(values);
    }
  }

  /** Named values, in an order. */
  record Fields(Map<String, Json> values) implements Json {
    public Fields {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** {@return these fields and one more at the end} */
    public Fields with(String name, Json value) {
      Map<String, Json> longer = new LinkedHashMap<>(values);
      longer.put(name, value);
      return new Fields(longer);
    }

    /** {@return these fields and one more at the end} */
    public Fields with(String name, String value) {
      return with(name, new Text(value));
    }

    /** {@return these fields and one more at the end} */
    public Fields with(String name, long value) {
      return with(name, new Whole(value));
    }

    /** {@return these fields and one more at the end} */
    public Fields with(String name, boolean value) {
      return with(name, new Truth(value));
    }

    /** {@return these fields and one more at the end} */
    public Fields with(String name, double value) {
      return with(name, new Real(value));
    }

    /** {@return these fields and one more at the end: names and shapes, in their order} */
    public Fields with(String name, Structure structure) {
      List<Json> parts = new ArrayList<>();
      for (Structure.Part part : structure.parts()) {
        parts.add(fields().with("name", part.name()).with("shape", part.shape()));
      }
      return with(name, new Items(parts));
    }

    /** {@return these fields and one more at the end} */
    public Fields with(String name, Shape shape) {
      return with(name, ofIntegers(shape.extents()));
    }
  }

  /** {@return no fields, to add to} */
  static Fields fields() {
    return new Fields(Map.of());
  }

  /** {@return a list of whole numbers} */
  static Json ofIntegers(List<Integer> numbers) {
    return new Items(numbers.stream().<Json>map(Whole::new).toList());
  }

  /** {@return a list of numbers} */
  static Json ofReals(double... numbers) {
    List<Json> items = new ArrayList<>();
    for (double number : numbers) {
      items.add(new Real(number));
    }
    return new Items(items);
  }

  /** {@return a list of texts} */
  static Json ofTexts(List<String> texts) {
    return new Items(texts.stream().<Json>map(Text::new).toList());
  }

  /**
   * {@return the value that a JSON text stands for}
   *
   * @throws IllegalArgumentException if the text is no JSON, or has a name twice in one place
   */
  static Json parse(String text) {
    return JsonText.parse(text);
  }

  /** {@return this value as JSON text, on one line} */
  default String write() {
    return JsonText.write(this);
  }

  /** {@return this value's field of this name} */
  default Json get(String name) {
    Map<String, Json> values = fieldValues();
    Json value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "there is no '%s' among %s%s"
              .formatted(
                  name,
                  values.keySet().stream().limit(10).toList(),
                  Names.nearest(name, values.keySet())
                      .map(near -> ", but a '" + near + "'")
                      .orElse("")));
    }
    return value;
  }

  /** {@return whether this value has a field of this name} */
  default boolean has(String name) {
    return fieldValues().containsKey(name);
  }

  /** {@return the named values} */
  default Map<String, Json> fieldValues() {
    return this instanceof Fields(Map<String, Json> values) ? values : wrong("an object");
  }

  /** {@return the values of the list} */
  default List<Json> items() {
    return this instanceof Items(List<Json> values) ? values : wrong("a list");
  }

  /** {@return the text} */
  default String text() {
    return this instanceof Text(String value) ? value : wrong("a text");
  }

  /** {@return the whole number} */
  default long whole() {
    return this instanceof Whole(long value) ? value : wrong("a whole number");
  }

  /** {@return the whole number, at most 2147483647} */
  default int integer() {
    return whole() == (int) whole() ? (int) whole() : wrong("a whole number of 32 bits");
  }

  /** {@return the truth} */
  default boolean truth() {
    return this instanceof Truth(boolean value) ? value : wrong("true or false");
  }

  /** {@return the number} */
  default double real() {
    return switch (this) {
      case Real(double value) -> value;
      case Whole(long value) -> value;
      case Text(String value) when JsonText.NO_JSON_NUMBERS.contains(value) ->
          Double.parseDouble(value);
      default -> wrong("a number");
    };
  }

  /** {@return the whole numbers of the list} */
  default List<Integer> integers() {
    return items().stream().map(Json::integer).toList();
  }

  /** {@return the numbers of the list} */
  default double[] reals() {
    return items().stream().mapToDouble(Json::real).toArray();
  }

  /** {@return the structure that {@link Fields#with(String, Structure)} wrote} */
  default Structure structure() {
    SequencedMap<String, Shape> shapes = new LinkedHashMap<>();
    for (Json part : items()) {
      if (shapes.put(part.get("name").text(), part.get("shape").shape()) != null) {
        throw new IllegalArgumentException(
            "two parts are called '%s'".formatted(part.get("name").text()));
      }
    }
    return Structure.of(shapes);
  }

  /** {@return the shape whose extents are the list} */
  default Shape shape() {
    return new Shape(integers());
  }

  private <T> T wrong(String wanted) {
    String text = write();
    String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    throw new IllegalArgumentException("it should be %s, but is %s".formatted(wanted, shown));
  }
}
