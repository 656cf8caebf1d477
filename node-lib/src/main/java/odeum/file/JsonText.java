package odeum.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Between JSON values and their text. */
final class JsonText {
  /** Numbers that are texts in JSON. */
  static final List<String> NO_JSON_NUMBERS = List.of("NaN", "Infinity", "-Infinity");

  private static final int DEPTH = 64;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH)
                  .maxStringLength(Layout.LARGEST_HEADER)
                  .build())
          .build();

  private JsonText() {}

  static Json parse(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      Json value = value(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("there is something after the end of the JSON text");
      }
      return value;
    } catch (IOException e) {
      throw new IllegalArgumentException("it is no proper JSON (" + brief(e) + ")", e);
    }
  }

  /** Jackson's messages go on with where, in its own words, on further lines. */
  private static String brief(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static Json value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> fields(parser);
      case START_ARRAY -> items(parser);
      case VALUE_STRING -> new Json.Text(parser.getText());
      case VALUE_NUMBER_INT -> new Json.Whole(parser.getLongValue());
      case VALUE_NUMBER_FLOAT -> new Json.Real(parser.getDoubleValue());
      case VALUE_TRUE, VALUE_FALSE -> new Json.Truth(parser.getBooleanValue());
      case VALUE_NULL -> throw new IllegalArgumentException("it has a null, which nothing here is");
      case null, default -> throw new IllegalArgumentException("the JSON text is not complete");
    };
  }

  private static Json fields(JsonParser parser) throws IOException {
    Map<String, Json> values = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      values.put(name, value(parser));
    }
    return new Json.Fields(values);
  }

  private static Json items(JsonParser parser) throws IOException {
    List<Json> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(parser));
    }
    return new Json.Items(values);
  }

  static String write(Json value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      write(value, generator);
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be written", e);
    }
    return text.toString();
  }

  private static void write(Json value, JsonGenerator generator) throws IOException {
    switch (value) {
      case Json.Text(String text) -> generator.writeString(text);
      case Json.Whole(long number) -> generator.writeNumber(number);
      case Json.Real(double number) when Double.isFinite(number) ->
          generator.writeNumber(Double.toString(number));
      case Json.Real(double number) -> generator.writeString(Double.toString(number));
      case Json.Truth(boolean truth) -> generator.writeBoolean(truth);
      case Json.Items(List<Json> items) -> {
        generator.writeStartArray();
        for (Json item : items) {
          write(item, generator);
        }
        generator.writeEndArray();
      }
      case Json.Fields(Map<String, Json> fields) -> {
        generator.writeStartObject();
        for (Map.Entry<String, Json> field : fields.entrySet()) {
          generator.writeFieldName(field.getKey());
          write(field.getValue(), generator);
        }
        generator.writeEndObject();
      }
    }
  }
}
