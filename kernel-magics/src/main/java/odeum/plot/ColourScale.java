package odeum.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Colours for numbers from 0 to 1.
 *
 * @param places where each colour stands, ascending; two at one place are a step
 * @param colours as {@code #rrggbb}
 */
record ColourScale(List<Double> places, List<String> colours) {
  /** Viridis at ten even steps, by Smith and van der Walt for matplotlib (CC0). */
  static final ColourScale VIRIDIS =
      even(
          "#440154", "#482878", "#3e4989", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6ece58",
          "#b5de2b", "#fde725");

  /**
   * For numbers of both signs: the palette's blue for negative ones, its vermilion for positive
   * ones, darker towards the ends and nearly white at zero. The two hues differ for all common
   * kinds of colour blindness.
   */
  static final ColourScale SIGNED =
      even("#003a5d", "#0072b2", "#6fb0d8", "#f4f2ef", "#f0a36b", "#d55e00", "#6e3000");

  static final ColourScale GREYS = even("#000000", "#ffffff");

  ColourScale {
    places = List.copyOf(places);
    colours = List.copyOf(colours);
  }

  static ColourScale even(String... colours) {
    List<Double> places =
        IntStream.range(0, colours.length)
            .mapToObj(i -> (double) i / (colours.length - 1))
            .toList();
    return new ColourScale(places, List.of(colours));
  }

  /** {@return steps of equal width, without mixing} */
  static ColourScale steps(List<String> colours) {
    List<Double> places = new ArrayList<>();
    List<String> all = new ArrayList<>();
    for (int i = 0; i < colours.size(); i++) {
      places.add((double) i / colours.size());
      places.add((double) (i + 1) / colours.size());
      all.add(colours.get(i));
      all.add(colours.get(i));
    }
    return new ColourScale(places, all);
  }

  /** {@return the scale of a trace: given as pairs, or Viridis where plotly knows only a name} */
  static ColourScale of(JsonNode pairs) {
    List<Double> places = new ArrayList<>();
    List<String> colours = new ArrayList<>();
    for (JsonNode pair : pairs) {
      if (pair.path(0).isNumber() && Paint.of(pair.path(1).asText()).colour().length() == 7) {
        places.add(pair.get(0).doubleValue());
        colours.add(Paint.of(pair.get(1).asText()).colour());
      }
    }
    if (places.size() < 2) {
      return pairs.asText().equals("Greys") ? GREYS : VIRIDIS;
    }
    return new ColourScale(places, colours);
  }

  /** {@return the scale as plotly takes it} */
  ArrayNode json() {
    ArrayNode pairs = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < places.size(); i++) {
      pairs.addArray().add(places.get(i)).add(colours.get(i));
    }
    return pairs;
  }

  /** {@return the colour as {@code #rrggbb}} */
  String at(double fraction) {
    double place = Math.clamp(fraction, 0, 1);
    int next = 1;
    while (next < places.size() - 1 && places.get(next) <= place) {
      next++;
    }
    double from = places.get(next - 1);
    double width = places.get(next) - from;
    double share = width > 0 ? Math.clamp((place - from) / width, 0, 1) : 1;
    return mixed(rgb(colours.get(next - 1)), rgb(colours.get(next)), share);
  }

  private static int rgb(String hex) {
    return Integer.parseInt(hex.substring(1), 16);
  }

  private static String mixed(int from, int to, double share) {
    StringBuilder colour = new StringBuilder("#");
    for (int shift = 16; shift >= 0; shift -= 8) {
      int a = from >> shift & 0xff;
      int b = to >> shift & 0xff;
      int mix = (int) Math.round(a + (b - a) * share);
      colour.append(Character.forDigit(mix >> 4, 16)).append(Character.forDigit(mix & 15, 16));
    }
    return colour.toString();
  }
}
