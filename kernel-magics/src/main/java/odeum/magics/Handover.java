package odeum.magics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Carries live objects between a magic and the user's session, which otherwise exchange source
 * text. Public only because the generated lines, compiled in the user's session, call it.
 */
public final class Handover {
  private static final Map<String, Object[]> WAITING = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT = new AtomicLong();

  private Handover() {}

  /** {@return a key under which this object waits to be taken} */
  static String offer(Object value) {
    String key = Long.toString(NEXT.getAndIncrement());
    WAITING.put(key, new Object[] {value});
    return key;
  }

  /** {@return a key under which a line of the user's session may give an object} */
  static String expect() {
    return Long.toString(NEXT.getAndIncrement());
  }

  /** Gives an object under a key. */
  public static void give(String key, Object value) {
    WAITING.put(key, new Object[] {value});
  }

  /** {@return the object that waits under a key, which waits no longer} */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public static <T> T take(String key) {
    Object[] waiting = WAITING.remove(key);
    return waiting == null ? null : (T) waiting[0];
  }
}
