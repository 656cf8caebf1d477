package odeum.plot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One output of a cell in several forms, richest first: MIME type to value. A value is a {@code
 * String} or a JSON tree of maps, lists, strings, finite numbers, booleans and nulls, which a
 * kernel adapter can put into a Jupyter message as it is.
 *
 * @param data the forms in the order given; every bundle has a {@code text/plain}
 */
public record MimeBundle(Map<String, Object> data) {
  /** The MIME type of plain text, the form that every front end can show. */
  public static final String TEXT = "text/plain";

  /** The MIME type of a drawing that needs no script. */
  public static final String SVG = "image/svg+xml";

  /** The MIME type that JupyterLab's plotly extension draws. */
  public static final String PLOTLY = "application/vnd.plotly.v1+json";

  public MimeBundle {
    if (!(data.get(TEXT) instanceof String)) {
      throw new IllegalArgumentException(
          "A MIME bundle needs a " + TEXT + " form, got only " + data.keySet() + ".");
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    data.forEach((mime, value) -> copy.put(Objects.requireNonNull(mime), frozen(mime, value)));
    data = Collections.unmodifiableMap(copy);
  }

  /** {@return a bundle with nothing but this text} */
  public static MimeBundle of(String text) {
    return new MimeBundle(Map.of(TEXT, text));
  }

  /** {@return this bundle with one more form, put last, or with that form replaced} */
  public MimeBundle with(String mime, Object value) {
    Map<String, Object> forms = new LinkedHashMap<>(data);
    forms.put(mime, value);
    return new MimeBundle(forms);
  }

  /** {@return the plain text form} */
  public String text() {
    return (String) data.get(TEXT);
  }

  private static Object frozen(String mime, Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Boolean flag -> flag;
      case Number number when Double.isFinite(number.doubleValue()) -> number;
      case Map<?, ?> map -> {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, entry) -> copy.put((String) key, frozen(mime, entry)));
        yield Collections.unmodifiableMap(copy);
      }
      case List<?> list -> {
        List<Object> copy = new ArrayList<>(list.size());
        list.forEach(entry -> copy.add(frozen(mime, entry)));
        yield Collections.unmodifiableList(copy);
      }
      default ->
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "A MIME bundle holds JSON, but %s contains %s (%s). Use null for missing numbers.",
                  mime,
                  value,
                  value.getClass().getSimpleName()));
    };
  }
}
