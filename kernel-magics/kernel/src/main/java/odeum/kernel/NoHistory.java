package odeum.kernel;

import java.util.List;
import org.dflib.jjava.jupyter.messages.reply.HistoryReply;

/** The answer of a kernel that keeps no history; without one, consoles wait. */
final class NoHistory extends HistoryReply {
  // Read by the JSON writer.
  @SuppressWarnings("unused")
  private final String status = "ok";

  NoHistory() {
    super(List.of());
  }
}
