package odeum.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;

/** The cells of this session, as consoles ask for them. */
final class CellHistory {
  /**
   * A cell.
   *
   * @param number its number, as in its prompt
   * @param input its code
   * @param output its result as text, or null
   */
  record Entry(int number, String input, String output) {}

  private static final int SESSION = 1;

  private final List<Entry> entries = new ArrayList<>();

  synchronized void add(int number, String input, String output) {
    entries.add(new Entry(number, input, output));
  }

  /** {@return the cells asked for, oldest first, as the protocol has them} */
  synchronized List<List<Object>> answer(HistoryRequest request) {
    List<Entry> found =
        switch (request) {
          case HistoryRequest.Tail tail -> last(entries, tail.getMaxReturnLength());
          case HistoryRequest.Range range -> range(range);
          case HistoryRequest.Search search -> search(search);
          default -> List.of();
        };
    return found.stream().map(entry -> row(entry, request.includeOutput())).toList();
  }

  private List<Entry> range(HistoryRequest.Range range) {
    // Session 0 is this one; negative numbers count back to ones that are gone.
    boolean here = range.getSessionIndex() == 0 || range.getSessionIndex() == SESSION;
    int stop = range.getStop() == 0 ? Integer.MAX_VALUE : range.getStop();
    return entries.stream()
        .filter(entry -> here && entry.number() >= range.getStart() && entry.number() < stop)
        .toList();
  }

  private List<Entry> search(HistoryRequest.Search search) {
    Pattern pattern = pattern(search.getPattern() == null ? "*" : search.getPattern());
    List<Entry> found =
        entries.stream().filter(entry -> pattern.matcher(entry.input()).matches()).toList();
    if (search.filterUnique()) {
      Map<String, Entry> newest = new LinkedHashMap<>();
      for (Entry entry : found) {
        newest.remove(entry.input());
        newest.put(entry.input(), entry);
      }
      found = List.copyOf(newest.values());
    }
    return search.getMaxReturnLength() > 0 ? last(found, search.getMaxReturnLength()) : found;
  }

  private static Pattern pattern(String glob) {
    StringBuilder text = new StringBuilder();
    for (char c : glob.toCharArray()) {
      text.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    return Pattern.compile(text.toString(), Pattern.DOTALL);
  }

  private static List<Entry> last(List<Entry> all, int count) {
    return List.copyOf(all.subList(Math.max(0, all.size() - Math.max(0, count)), all.size()));
  }

  private static List<Object> row(Entry entry, boolean withOutput) {
    Object text = withOutput ? Arrays.asList(entry.input(), entry.output()) : entry.input();
    return List.of(SESSION, entry.number(), text);
  }
}
